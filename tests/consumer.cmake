# Builds consumer/ against the library in the way WAY and runs it.
#
# For an installed way the tree is installed to one place and moved to another, which only a relocatable one survives.
# Everything is made anew but what cargo has built: it knows itself what is out of date.

set(work ${BUILD}/consumer/${WAY})
set(cargo ${work}/build/wireway/cargo)
if(WAY STREQUAL fetch_content)
  set(cargo ${work}/build/_deps/wireway-build/cargo)
endif()
set(kept ${BUILD}/consumer/cargo-${WAY})
if(EXISTS ${cargo})
  file(REMOVE_RECURSE ${kept})
  file(RENAME ${cargo} ${kept})
endif()
file(REMOVE_RECURSE ${work})
if(EXISTS ${kept})
  cmake_path(GET cargo PARENT_PATH binary_dir)
  file(MAKE_DIRECTORY ${binary_dir})
  file(RENAME ${kept} ${cargo})
endif()

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(prefix ${work}/moved)
if(WAY MATCHES "find_package|pkg_config")
  run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${work}/first)
  file(RENAME ${work}/first ${prefix})
  # lib, lib64 or lib/<triple>: wherever the install put it.
  file(GLOB_RECURSE pc ${prefix}/wireway.pc)
  cmake_path(GET pc PARENT_PATH pc_dir)
  set(ENV{PKG_CONFIG_PATH} ${pc_dir})
endif()

# The two that build the library are where it is built otherwise than here.
if(WAY STREQUAL add_subdirectory)
  set(tls -DWIREWAY_TLS_PROVIDER=ring)
elseif(WAY STREQUAL fetch_content)
  set(tls -DWIREWAY_TLS=OFF)
endif()
run(${CMAKE_COMMAND} -S ${SOURCE}/tests/consumer -B ${work}/build -G ${GENERATOR}
  -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER=${CC} -DCMAKE_CXX_COMPILER=${CXX} -DWAY=${WAY} -DCMAKE_PREFIX_PATH=${prefix}
  -DWIREWAY_SOURCE=${SOURCE} -DWIREWAY_CARGO=${CARGO} -DBUILD_SHARED_LIBS=${SHARED} ${tls})
run(${CMAKE_COMMAND} --build ${work}/build --config Release)
set(consumers consumer)
if(CXX)
  list(APPEND consumers consumer_cpp)
endif()
foreach(consumer ${consumers})
  execute_process(COMMAND ${work}/build/${consumer} OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
  if(NOT said STREQUAL "wireway ${VERSION}\n")
    message(FATAL_ERROR "${consumer} said: ${said}")
  endif()
endforeach()

if(WAY STREQUAL add_subdirectory)
  run(${work}/build/tls_config WORKING_DIRECTORY ${SOURCE})
elseif(WAY STREQUAL fetch_content)
  run(${work}/build/tls_config without WORKING_DIRECTORY ${SOURCE})
  if(NM)
    file(GLOB_RECURSE library ${work}/build/libwireway.so ${work}/build/libwireway.a)
    list(FILTER library EXCLUDE REGEX "/cargo/")
    run(${CMAKE_COMMAND} -DNM=${NM} -DLIBRARY=${library} -DTLS=OFF -P ${SOURCE}/tests/tls_trace.cmake)
  endif()
endif()
