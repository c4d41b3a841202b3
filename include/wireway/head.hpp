/* Heads of requests and responses. Part of wireway.hpp; uses the C header's `ww_head`, and malloc() for copies.
 *
 * A head and a field are views of one pointer into an event, a parsed input or a head_copy, and end with it. */
#ifndef WIREWAY_HEAD_HPP
#define WIREWAY_HEAD_HPP

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <wireway/field_id.hpp>
#include <wireway/flags.hpp>
#include <wireway/status.hpp>

namespace wireway {

/** One field line as it was received; or none, where a field was looked for. */
class field_view {
    const ww_field *raw_;

  public:
    explicit field_view(const ww_field *raw) noexcept : raw_(raw) {}
    const ww_field *get() const noexcept { return raw_; }
    explicit operator bool() const noexcept { return raw_ != nullptr; }
    std::string_view name() const noexcept { return to_text(raw_->name); }
    std::string_view value() const noexcept { return to_text(raw_->value); }
    field_id id() const noexcept { return static_cast<field_id>(raw_->id); }
    /** Responses: the value holds a line fold as it was received; see unfold(). */
    bool is_folded() const noexcept { return (raw_->flags & WW_FIELD_FOLDED) != 0; }
    /** Writes the value as one line: at most value().size() octets. status::buffer: `written` is what it takes. */
    status unfold(void *out, std::size_t cap, std::size_t &written) const noexcept
    {
        return static_cast<status>(ww_field_unfold(raw_, out, cap, &written));
    }
};

/** A head, or a trailer section. `for (auto field : head)` walks its fields in order of arrival. */
class head {
    const ww_head *raw_;

  public:
    class iterator {
        const ww_field *at_;

      public:
        explicit iterator(const ww_field *at) noexcept : at_(at) {}
        field_view operator*() const noexcept { return field_view(at_); }
        iterator &operator++() noexcept
        {
            ++at_;
            return *this;
        }
        bool operator!=(iterator other) const noexcept { return at_ != other.at_; }
    };

    explicit head(const ww_head &raw) noexcept : raw_(&raw) {}
    const ww_head &get() const noexcept { return *raw_; }

    /** Of a request. */
    wireway::method method() const noexcept { return static_cast<wireway::method>(raw_->method_id); }
    bool is(wireway::method method) const noexcept { return this->method() == method; }
    std::string_view method_name() const noexcept { return to_text(raw_->method); }
    std::string_view target() const noexcept { return to_text(raw_->target); }
    /** The value of the first Host field; empty without one. */
    std::string_view host() const noexcept { return to_text(raw_->host); }

    /** Of a response. */
    std::uint16_t status() const noexcept { return raw_->status; }
    std::string_view reason() const noexcept { return to_text(raw_->reason); }

    /** x of HTTP/1.x. */
    unsigned version_minor() const noexcept { return raw_->version_minor; }
    /** length_none where it declares none. */
    std::uint64_t content_length() const noexcept { return raw_->content_length; }
    /** Bits of head_flag. */
    std::uint32_t flags() const noexcept { return raw_->flags; }
    bool has(std::uint32_t head_flags) const noexcept { return (raw_->flags & head_flags) != 0; }
    /** A switch of protocols is offered, by a request, or made, by a response. */
    bool is_upgrade() const noexcept { return has(head_flag::upgrade); }
    /** That switch is one to WebSocket. */
    bool is_websocket() const noexcept { return has(head_flag::websocket); }
    /** Octets of the head in the input it was parsed from. */
    std::size_t size_in_input() const noexcept { return raw_->head_len; }

    std::size_t field_count() const noexcept { return raw_->field_count; }
    iterator begin() const noexcept { return iterator(raw_->fields); }
    iterator end() const noexcept { return iterator(raw_->fields + raw_->field_count); }
    /** The first field of this name, or an empty view. By number is quicker than by name; either looks at each field once. */
    field_view find(field_id id) const noexcept { return field_view(ww_head_find(raw_, static_cast<std::uint16_t>(id))); }
    field_view find(octets name) const noexcept { return field_view(ww_head_find_name(raw_, name)); }
    /** The value of the first field of this name; empty without one. */
    std::string_view operator[](field_id id) const noexcept { return value_of(find(id)); }
    std::string_view operator[](octets name) const noexcept { return value_of(find(name)); }

    /** The trailers of a request that came whole: `for (auto field : head.trailers())`. They are no fields of the head, and not found there. */
    class trailer_section {
        const ww_head *raw_;

      public:
        explicit trailer_section(const ww_head *raw) noexcept : raw_(raw) {}
        std::size_t size() const noexcept { return raw_->trailer_count; }
        iterator begin() const noexcept { return iterator(raw_->trailers); }
        iterator end() const noexcept { return iterator(raw_->trailers + raw_->trailer_count); }
    };
    trailer_section trailers() const noexcept { return trailer_section(raw_); }

  private:
    static std::string_view value_of(field_view field) noexcept { return field ? field.value() : std::string_view(); }
};

/** A head that owns what it points to, for an answer that comes later. One block of malloc(), which assign() uses again where it is
 * large enough. */
class head_copy {
    void *block_ = nullptr;
    std::size_t size_ = 0;
    bool filled_ = false;

  public:
    head_copy() noexcept = default;
    head_copy(head_copy &&other) noexcept { swap(other); }
    head_copy &operator=(head_copy &&other) noexcept
    {
        head_copy(static_cast<head_copy &&>(other)).swap(*this);
        return *this;
    }
    ~head_copy() { std::free(block_); }

    static result<head_copy> of(wireway::head source) noexcept
    {
        result<head_copy> made{{}, wireway::status::ok};
        made.status = made.value.assign(source);
        return made;
    }
    /** Replaces the copy by one of `source`, which is another head. status::nomem: it is empty then. */
    wireway::status assign(wireway::head source) noexcept
    {
        for (;;) {
            std::size_t needed = 0;
            const auto code = static_cast<wireway::status>(ww_head_copy(&source.get(), block_, size_, &needed));
            filled_ = code == wireway::status::ok;
            if (code != wireway::status::buffer)
                return code;
            if (!make_room(needed))
                return wireway::status::nomem;
        }
    }
    explicit operator bool() const noexcept { return filled_; }
    /** The copy, as long as this lives and is not assigned to. Not of an empty one. */
    wireway::head head() const noexcept { return wireway::head(*static_cast<const ww_head *>(block_)); }

  private:
    void swap(head_copy &other) noexcept
    {
        std::swap(block_, other.block_);
        std::swap(size_, other.size_);
        std::swap(filled_, other.filled_);
    }
    bool make_room(std::size_t size) noexcept
    {
        std::free(block_);
        block_ = std::malloc(size);
        size_ = block_ != nullptr ? size : 0;
        return block_ != nullptr;
    }
};

} // namespace wireway

#endif
