# The program tls_config, against wireway::wireway.

set(c ${CMAKE_CURRENT_LIST_DIR}/c)
add_executable(tls_config ${c}/tls_config/main.c ${c}/tls_config/refused.c ${c}/tls_config/swap.c ${c}/harness.c ${c}/memory.c)
target_link_libraries(tls_config PRIVATE wireway::wireway Threads::Threads)
set_target_properties(tls_config PROPERTIES C_STANDARD 99 C_EXTENSIONS OFF)
