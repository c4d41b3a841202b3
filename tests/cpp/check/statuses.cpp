/* What calls answer, and std::error_code. */
#include "check.hpp"
#include <cstring>

using namespace wireway;

static void error_conditions()
{
    CHECK(make_error_code(status::nomem) == std::errc::not_enough_memory);
    CHECK(make_error_code(status::argument) == std::errc::invalid_argument);
    CHECK(make_error_code(status::paused) == std::errc::resource_unavailable_try_again);
    CHECK(make_error_code(status::timeout) == std::errc::timed_out);
    CHECK(make_error_code(status::buffer) == std::errc::no_buffer_space);
    CHECK(make_error_code(status::gone) == std::errc::not_connected);
    CHECK(make_error_code(status::unsupported) == std::errc::not_supported);
    CHECK(make_error_code(status::aborted) == std::errc::connection_reset);
    CHECK(make_error_code(status::chunk) != std::errc::invalid_argument);
}

void statuses()
{
    CHECK(!failed(status::ok));
    CHECK(!failed(status::need_input));
    CHECK(!failed(status::paused));
    CHECK(!failed(status::done));
    CHECK(failed(status::argument));
    CHECK(failed(status::chunk));
    CHECK(failed(static_cast<status>(-99999)));
    CHECK(std::strcmp(name_of(status::chunk), "WW_E_CHUNK") == 0);
    CHECK(std::strcmp(text_of(status::chunk), ww_status_text(WW_E_CHUNK)) == 0);

    const std::error_code none = status::ok, why = status::chunk;
    CHECK(!none);
    CHECK(why);
    CHECK(why == status::chunk);
    CHECK(why != status::line_end);
    CHECK(why.value() == WW_E_CHUNK);
    CHECK(&why.category() == &category());
    CHECK(std::strcmp(category().name(), "wireway") == 0);
    CHECK(why.message() == text_of(status::chunk));
    error_conditions();

    result<octets> made{"value", status::ok}, empty{{}, status::nomem};
    CHECK(made);
    CHECK(*made == "value");
    CHECK(made->size() == 5);
    CHECK(!empty);
    CHECK(empty.status == status::nomem);
    const auto [value, code] = made;
    CHECK(value == "value");
    CHECK(code == status::ok);
}
