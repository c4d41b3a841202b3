# Compiles check/ by the compiler CXX in the standard STANDARD, and runs it. A warning is an error.

string(REPLACE "|" ";" LINK "${LINK}")
file(GLOB sources ${CMAKE_CURRENT_LIST_DIR}/check/*.cpp)
execute_process(COMMAND ${CXX} -std=c++${STANDARD} -O1 -fno-exceptions -fno-rtti -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
    -I${INCLUDE} ${sources} -o ${OUT} ${LINK} -pthread
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${OUT} COMMAND_ERROR_IS_FATAL ANY)
