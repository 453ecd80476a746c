# What every target of the project shares: warnings, sanitizers, ccache, and the helpers steward_library and steward_test.
option(STEWARD_SANITIZE "build with address and undefined-behaviour sanitizers" OFF)
option(STEWARD_FUZZ "build the libFuzzer targets (needs clang)" OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
find_program(STEWARD_CCACHE ccache)
if(STEWARD_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${STEWARD_CCACHE})
endif()

# All test programs, for a build that wants nothing else: ninja steward_tests.
add_custom_target(steward_tests)

find_package(Threads REQUIRED)
enable_testing()
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

add_library(steward_flags INTERFACE)
target_include_directories(steward_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(steward_flags INTERFACE -Wall -Wextra -Werror -Wno-missing-field-initializers -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # False alarms of GCC 12 inside std::string and std::variant (GCC bugs 105329, 105562).
  target_compile_options(steward_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
target_compile_definitions(steward_flags INTERFACE MSGPACK_NO_BOOST)
target_link_libraries(steward_flags INTERFACE Threads::Threads)
if(STEWARD_SANITIZE)
  target_compile_options(steward_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -g1)
  target_link_options(steward_flags INTERFACE -fsanitize=address,undefined)
endif()

if(STEWARD_FUZZ)
  # Clang is only here for libFuzzer; which warnings it adds must not stop the fuzzers.
  target_compile_options(steward_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -g1 -Wno-error)
  target_link_options(steward_flags INTERFACE -fsanitize=address,undefined)
endif()

# steward_library(NAME SOURCES... [LINK libs...]): a static library of one room.
function(steward_library name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC steward_flags ${arg_LINK})
endfunction()

# steward_test(NAME SOURCES... [LINK libs...]): a Boost.Test program, known to ctest under its name.
function(steward_test name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_compile_definitions(${name} PRIVATE BOOST_TEST_DYN_LINK STEWARD_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE steward_flags ${arg_LINK} boost_unit_test_framework)
  add_test(NAME ${name} COMMAND ${name})
  add_dependencies(steward_tests ${name})
endfunction()

# steward_fuzz(fuzz_NAME SOURCES... [LINK libs...]): a libFuzzer program, made only with STEWARD_FUZZ=ON (clang).
# Its committed corpus is a folder tests/.../corpus/fuzz_NAME/. scripts/check fuzz builds the target steward_fuzzers.
if(STEWARD_FUZZ)
  add_custom_target(steward_fuzzers)
endif()
function(steward_fuzz name)
  if(NOT STEWARD_FUZZ)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE steward_flags ${arg_LINK})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(steward_fuzzers ${name})
endfunction()
