# Turns the text file IN into OUT, a C++ file that defines steward::openapi_text.
file(READ ${IN} text)
string(LENGTH "${text}" size)
# A string literal has a length that compilers promise to take; pieces are put together by the compiler.
set(out "#include \"actors/http/http_answer.hpp\"\nnamespace steward {\nconst char* const openapi_text =\n")
set(at 0)
while(at LESS size)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  string(APPEND out "R\"openapi~(${piece})openapi~\"\n")
  math(EXPR at "${at} + 8000")
endwhile()
string(APPEND out ";\n}\n")
file(WRITE ${OUT} "${out}")
