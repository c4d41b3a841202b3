/* Octets and text, to and fro. */
#include "check.hpp"
#include <array>
#include <string>
#include <vector>

using namespace wireway;

static_assert(octets().empty() && to_span({}).len == 0 && to_text({nullptr, 0}).empty(), "constant expressions");
static_assert(sizeof(octets) == sizeof(ww_span) && std::is_trivially_copyable_v<octets>, "passed in registers");

#if __cplusplus >= 202002L
constexpr ww_span room = "room"_span;
constexpr ww_field room_field = {"Room"_span, "1"_span, 0, 0, 0};
static_assert(room.len == 4 && room.data[3] == 'm' && room_field.value.len == 1);
#endif

static std::size_t size_of(octets all)
{
    return all.size();
}

static std::size_t count_of(field_list all)
{
    return all.size();
}

static void fields()
{
    static const ww_field table[] = {WW_FIELD("A", "1"), WW_FIELD("B", "")};
    const std::string value = "text/plain";
    const ww_field one = field("Content-Type", value);
    const std::vector<ww_field> many(3, one);
    CHECK(count_of(table) == 2);
    CHECK(count_of(one) == 1);
    CHECK(count_of(many) == 3);
    CHECK(count_of({}) == 0);
    CHECK(to_text(one.name) == "Content-Type");
    CHECK(to_text(one.value).data() == value.data());
    CHECK(one.id == 0);
    CHECK(to_text(table[1].name) == "B");
    CHECK(table[1].value.len == 0);
}

void spans()
{
    const std::string text = "ab\0c", longer("ab\0c", 4);
    const std::vector<std::uint8_t> vector = {1, 2, 3};
    const std::array<std::byte, 5> array{};
    const ww_span literal = WW_LIT("lit"), none = {nullptr, 0};
    CHECK(size_of(text) == 2);
    CHECK(size_of(longer) == 4);
    CHECK(size_of(vector) == 3);
    CHECK(size_of(array) == 5);
    CHECK(size_of("four") == 4);
    CHECK(size_of(std::string_view("xy")) == 2);
    CHECK(size_of(literal) == 3);
    CHECK(size_of({}) == 0);
    CHECK(octets(longer).data() == static_cast<const void *>(longer.data()));
    CHECK(octets(longer)[3] == 'c');
    CHECK(octets("lit") == literal);
    CHECK(octets("lit") != text);
    CHECK(octets(none) == octets());
    CHECK(octets(literal).text() == "lit");
    CHECK(to_text(to_span("again")) == "again");
    CHECK(to_text(ww_span_from("from C")) == "from C");
    CHECK(ww_span_from("").len == 0);
    CHECK(equal_nocase("Close", "cLOSE"));
    CHECK(!equal_nocase("Close", "clos"));
    std::size_t sum = 0;
    for (const std::uint8_t octet : octets(vector))
        sum += octet;
    CHECK(sum == 6);
#if __cplusplus >= 202002L
    const std::span<const std::uint8_t> span = octets(vector);
    const std::span<const std::byte> bytes = octets(vector);
    CHECK(span.data() == vector.data());
    CHECK(span.size() == 3);
    CHECK(bytes.size() == 3);
    CHECK(size_of(span) == 3);
    CHECK(size_of(bytes) == 3);
    CHECK(octets(room) == "room");
#endif
    fields();
}
