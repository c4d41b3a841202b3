# A message costs no more instructions by wireway.hpp than by wireway.h: cost.c and cost.cpp are the same echo loop, in memory, with the
# same library. callgrind counts all that a program runs. What 1,000 more messages cost is the difference of two runs, so start and
# end do not count, and the number is the same in every run.

string(REPLACE "|" ";" LINK "${LINK}")
set(flags -O2 -Wall -Wextra -Werror -I${INCLUDE})
execute_process(COMMAND ${C} -std=c99 ${flags} ${CMAKE_CURRENT_LIST_DIR}/cost.c -o ${OUT}.c ${LINK} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CXX} -std=c++17 ${flags} ${CMAKE_CURRENT_LIST_DIR}/cost.cpp -o ${OUT}.cpp ${LINK} COMMAND_ERROR_IS_FATAL ANY)

function(instructions program protocol count result)
  execute_process(COMMAND ${VALGRIND} -q --tool=callgrind --callgrind-out-file=${program}.out ${program} ${protocol} ${count}
    OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
  if(NOT said GREATER count)
    message(FATAL_ERROR "${program} ${protocol} ${count} echoed ${said} octets")
  endif()
  file(STRINGS ${program}.out line REGEX "^(summary|totals): " LIMIT_COUNT 1)
  string(REGEX MATCH "[0-9]+" number "${line}")
  set(${result} ${number} PARENT_SCOPE)
endfunction()

# At most so many instructions more for a message, of some thousand: how a compiler keeps its registers.
set(slack 4)
foreach(protocol http ws)
  foreach(language c cpp)
    instructions(${OUT}.${language} ${protocol} 1000 few)
    instructions(${OUT}.${language} ${protocol} 2000 many)
    math(EXPR ${language} "${many} - ${few}")
  endforeach()
  math(EXPR more "${cpp} - ${c}")
  message("${protocol}: ${c} instructions for 1,000 messages in C, ${cpp} in C++")
  if(more GREATER ${slack}000)
    message(FATAL_ERROR "C++ costs more")
  endif()
endforeach()
