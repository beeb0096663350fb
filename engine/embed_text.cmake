# Writes the text file INPUT as a C++ header OUTPUT that defines `inline constexpr char NAME[]`.
file(READ ${INPUT} content HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," content "${content}")
file(WRITE ${OUTPUT} "#pragma once\n\nnamespace jackfield {\ninline constexpr char ${NAME}[] = {${content}};\n} // namespace jackfield\n")
