# The global symbols of LIBRARY are those of the list EXPORTS, no more and no fewer.

if(LIBRARY MATCHES "\\.so")
  set(which --dynamic)
endif()
execute_process(COMMAND ${NM} ${which} --defined-only --extern-only --format=posix ${LIBRARY}
  OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)

# A line is "name type value size"; a versioned name is "ww_version@@WIREWAY_0.1", and the version itself is absolute.
string(REGEX MATCHALL "[^\n]+" lines "${output}")
list(FILTER lines EXCLUDE REGEX " A |:$")
list(TRANSFORM lines REPLACE "(@@| ).*" "")
list(SORT lines)
file(STRINGS ${EXPORTS} expected)
if(NOT lines STREQUAL expected)
  message(FATAL_ERROR "${LIBRARY} has\n  ${lines}\nand the list\n  ${expected}")
endif()
