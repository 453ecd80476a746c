// What a person writes: UTF-8 with a cursor. Any bytes may come in; control characters do not get in. Pure.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace steward::seat_ui {

class text_edit {
public:
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  bool blank() const; // nothing but spaces and line ends
  size_t chars() const;
  void set(std::string); // the cursor goes to the end
  void clear() { set({}); }

  void insert(std::string_view); // at the cursor
  void erase_back();
  void erase_here();
  void erase_word();
  void left();
  void right();
  void to_begin(); // of the line
  void to_end();

  struct layout {
    std::vector<std::string> lines; // at least one
    size_t row = 0, column = 0;     // of the cursor
  };
  layout laid_out(size_t width) const;
  void up(size_t width);
  void down(size_t width);

private:
  void to_row(size_t width, size_t row, size_t column);
  std::string text_;
  size_t at_ = 0;
};

} // namespace steward::seat_ui
