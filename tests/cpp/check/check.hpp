/* The checks of wireway.hpp: one function for each file, called by main.cpp. */
#ifndef TESTS_CPP_CHECK_HPP
#define TESTS_CPP_CHECK_HPP

#include <wireway/wireway.hpp>

/** Fails the program, with the place, unless `holds`. */
#define CHECK(holds) check(static_cast<bool>(holds), #holds, __FILE__, __LINE__)
void check(bool holds, const char *what, const char *file, int line);

void spans();
void statuses();
void handles();
void structs();
void exchanges();
void websockets();
void heads();
void texts();
void addresses();
void conditions();
void contents();
void framing();
void servers();
void sockets();
void loops();
void loop_calls();
void resolvers();
void datagrams();
void tls_alone();

#endif
