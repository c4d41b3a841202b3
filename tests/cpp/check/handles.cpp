/* Handles are moved and never copied, own one thing, and free it once. */
#include "check.hpp"

using namespace wireway;

template <class T> constexpr bool is_a_pointer_that_moves()
{
    return sizeof(T) == sizeof(void *) && std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T> &&
           !std::is_copy_constructible_v<T> && !std::is_copy_assignable_v<T> && std::is_nothrow_default_constructible_v<T>;
}
static_assert(is_a_pointer_that_moves<server>() && is_a_pointer_that_moves<mailbox>() && is_a_pointer_that_moves<conn>(), "");
static_assert(is_a_pointer_that_moves<workspace>() && is_a_pointer_that_moves<tls_config>() && is_a_pointer_that_moves<tls>(), "");
static_assert(is_a_pointer_that_moves<prepared_message>() && is_a_pointer_that_moves<group>(), "");
static_assert(is_a_pointer_that_moves<loop>() && is_a_pointer_that_moves<poster>() && is_a_pointer_that_moves<resolver>(), "");
static_assert(!std::is_copy_constructible_v<head_copy> && std::is_nothrow_move_constructible_v<head_copy>, "");
static_assert(sizeof(event) == sizeof(void *) && std::is_trivially_copyable_v<event>, "a view");
static_assert(sizeof(completion) == sizeof(void *) && std::is_trivially_copyable_v<completion>, "a view");
static_assert(sizeof(head) == sizeof(void *) && std::is_trivially_copyable_v<head>, "a view");

static int freed;
static void free_it(int *)
{
    freed++;
}
using number = detail::handle<int, free_it>;

static void owns_one()
{
    int one = 1, two = 2;
    {
        number a(&one), b(std::move(a)), none;
        CHECK(!a);
        CHECK(b);
        CHECK(b.get() == &one);
        CHECK(!none);
        CHECK(freed == 0);
        a = std::move(b);
        CHECK(a.get() == &one);
        CHECK(!b);
        CHECK(freed == 0);
        b.reset(&two);
        a = std::move(b);
        CHECK(freed == 1);
        CHECK(a.get() == &two);
        number &same = a;
        a = std::move(same);
        CHECK(freed == 1);
        CHECK(a.get() == &two);
    }
    CHECK(freed == 2);
    {
        number a(&one);
        CHECK(a.release() == &one);
        CHECK(!a);
        a.reset();
    }
    CHECK(freed == 2);
}

void handles()
{
    owns_one();
    auto [ws, code] = workspace::create();
    CHECK(code == status::ok);
    CHECK(ws.get() != nullptr);
    workspace moved = std::move(ws);
    CHECK(!ws);
    CHECK(ws.get() == nullptr);
    CHECK(moved);
    CHECK(ws.set_time(0) == status::argument); // an empty one is NULL to the C API
    workspace adopted(moved.release());
    CHECK(!moved);
    CHECK(adopted.set_time(0) == status::ok);
    CHECK(prepared_message::create(message::text_part, "x").status == status::argument);
    CHECK(prepared_message::create(message::text, "\xff").status == status::utf8);
    CHECK(server().error().reason[0] == '\0');
    CHECK(conn().error().code == 0);
    CHECK(conn().state() == state::close);
    auto prepared = prepared_message::create(message::text, "x");
    CHECK(prepared);
    CHECK(prepared->get() != nullptr);
}
