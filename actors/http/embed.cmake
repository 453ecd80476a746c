# Turns the text file IN into OUT, a C++ file that defines steward::NAME.
file(READ ${IN} text)
string(LENGTH "${text}" size)
# A string literal has a length that compilers promise to take; pieces are put together by the compiler.
set(out "namespace steward {\nextern const char* const ${NAME};\nconst char* const ${NAME} =\n")
set(at 0)
while(at LESS size)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  string(APPEND out "R\"embed~(${piece})embed~\"\n")
  math(EXPR at "${at} + 8000")
endwhile()
string(APPEND out ";\n}\n")
file(WRITE ${OUT} "${out}")
