"""A terminal that a program runs in: a pty, and pyte to know what stands on its screen. Keys are counted."""
import fcntl
import os
import pty
import signal
import struct
import termios
import threading
import time

import pyte

KEYS = {"enter": "\r", "esc": "\033", "tab": "\t", "back-tab": "\033[Z", "up": "\033OA", "down": "\033OB", "page-up": "\033[5~",
        "backspace": "\x7f", "f1": "\033OP"}


class Screen(pyte.Screen):
    """With what ncurses uses and pyte does not know: to scroll by several lines (SU, SD)."""

    def _times(self, move, at, count):
        margins, y = self.margins or (0, self.lines - 1), self.cursor.y
        for _ in range(count or 1):
            self.cursor.y = margins[at]
            move()
        self.cursor.y = y

    def scroll_up(self, count=1):
        self._times(self.index, 1, count)

    def scroll_down(self, count=1):
        self._times(self.reverse_index, 0, count)


class Stream(pyte.ByteStream):
    csi = {**pyte.ByteStream.csi, "S": "scroll_up", "T": "scroll_down"}
    events = pyte.ByteStream.events | {"scroll_up", "scroll_down"}


class Terminal:
    def __init__(self, argv, env=None, columns=80, lines=24):
        self.screen = Screen(columns, lines)
        self.stream = Stream(self.screen)
        self.raw, self.keys, self.bells, self.code = b"", 0, 0, None
        self.lock = threading.Lock()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.environ.update(TERM="screen-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8", TZ="UTC", **(env or {}))
                os.execv(str(argv[0]), [str(a) for a in argv])
            finally:
                os._exit(127)
        self._size(columns, lines)
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.code is None:
            try:
                os.kill(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.ends()
        os.close(self.fd)

    def _size(self, columns, lines):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _read(self):
        while True:
            try:
                part = os.read(self.fd, 65536)
            except OSError:
                return
            if not part:
                return
            with self.lock:
                self.raw = (self.raw + part)[-1_000_000:]
                self.bells += part.count(b"\a")
                self.stream.feed(part)

    def ends(self, within=10.0):
        end = time.monotonic() + within
        while self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                self.thread.join(2)
            assert time.monotonic() < end, "the program does not end:\n" + self.text()
            time.sleep(0.02)
        return self.code

    def text(self):
        with self.lock:
            return "\n".join(self.screen.display)

    def rows(self):
        with self.lock:
            return list(self.screen.display)

    def cursor(self):
        with self.lock:
            return self.screen.cursor.y, self.screen.cursor.x

    def sees(self, what, within=45.0):
        """Waits until the screen holds this text, or fits this check."""
        check = what if callable(what) else lambda screen: what in screen
        end = time.monotonic() + within
        while not check(self.text()):
            assert time.monotonic() < end and self.code is None, f"the screen does not show {what!r}:\n{self.text()}"
            time.sleep(0.01)
        return self

    def press(self, *names):
        """Keys by name, "^x" with Ctrl; each counts."""
        for name in names:
            self.keys += 1
            os.write(self.fd, (chr(ord(name[1]) & 31) if name[0] == "^" and len(name) == 2 else KEYS.get(name, name)).encode())
            time.sleep(0.03)  # as two keys of a hand: what arrives in one piece is taken for a paste
        return self

    def type(self, text):
        """The text itself, which counts for nothing."""
        os.write(self.fd, text.encode())
        time.sleep(0.03)
        return self

    def paste(self, text, marked=True):
        data = text.replace("\n", "\r").encode()
        data = b"\033[200~" + data + b"\033[201~" if marked else data
        for at in range(0, len(data), 1000):  # a pty takes 4 KB at a time
            os.write(self.fd, data[at:at + 1000])
        return self

    def resize(self, columns, lines):
        with self.lock:
            self.screen.resize(lines, columns)
            self.screen.reset()
        self._size(columns, lines)
        return self
