/* Names that the library knows: of fields and of methods. Part of wireway.hpp; uses the C header. */
#ifndef WIREWAY_FIELD_ID_HPP
#define WIREWAY_FIELD_ID_HPP

#include <cstdint>
#include <string_view>
#include <wireway/span.hpp>

namespace wireway {

/** A method; method::other is any that is not here: see head::method_name(). */
enum class method : std::uint8_t {
    other = WW_METHOD_OTHER,
    get = WW_METHOD_GET,
    head = WW_METHOD_HEAD,
    post = WW_METHOD_POST,
    put = WW_METHOD_PUT,
    delete_ = WW_METHOD_DELETE,
    connect = WW_METHOD_CONNECT,
    options = WW_METHOD_OPTIONS,
    trace = WW_METHOD_TRACE,
    patch = WW_METHOD_PATCH,
};

/** A field that is found by its number; field_id::other is any name that is not here. */
enum class field_id : std::uint16_t {
    other = 0,
    host = WW_FIELD_HOST,
    content_length = WW_FIELD_CONTENT_LENGTH,
    transfer_encoding = WW_FIELD_TRANSFER_ENCODING,
    connection = WW_FIELD_CONNECTION,
    expect = WW_FIELD_EXPECT,
    upgrade = WW_FIELD_UPGRADE,
    te = WW_FIELD_TE,
    trailer = WW_FIELD_TRAILER,
    date = WW_FIELD_DATE,
    server = WW_FIELD_SERVER,
    accept = WW_FIELD_ACCEPT,
    accept_encoding = WW_FIELD_ACCEPT_ENCODING,
    accept_language = WW_FIELD_ACCEPT_LANGUAGE,
    authorization = WW_FIELD_AUTHORIZATION,
    cache_control = WW_FIELD_CACHE_CONTROL,
    content_type = WW_FIELD_CONTENT_TYPE,
    content_encoding = WW_FIELD_CONTENT_ENCODING,
    content_range = WW_FIELD_CONTENT_RANGE,
    content_disposition = WW_FIELD_CONTENT_DISPOSITION,
    cookie = WW_FIELD_COOKIE,
    set_cookie = WW_FIELD_SET_COOKIE,
    etag = WW_FIELD_ETAG,
    if_match = WW_FIELD_IF_MATCH,
    if_none_match = WW_FIELD_IF_NONE_MATCH,
    if_modified_since = WW_FIELD_IF_MODIFIED_SINCE,
    if_unmodified_since = WW_FIELD_IF_UNMODIFIED_SINCE,
    if_range = WW_FIELD_IF_RANGE,
    range = WW_FIELD_RANGE,
    accept_ranges = WW_FIELD_ACCEPT_RANGES,
    last_modified = WW_FIELD_LAST_MODIFIED,
    location = WW_FIELD_LOCATION,
    origin = WW_FIELD_ORIGIN,
    referer = WW_FIELD_REFERER,
    user_agent = WW_FIELD_USER_AGENT,
    vary = WW_FIELD_VARY,
    www_authenticate = WW_FIELD_WWW_AUTHENTICATE,
    proxy_authenticate = WW_FIELD_PROXY_AUTHENTICATE,
    proxy_authorization = WW_FIELD_PROXY_AUTHORIZATION,
    proxy_connection = WW_FIELD_PROXY_CONNECTION,
    keep_alive = WW_FIELD_KEEP_ALIVE,
    allow = WW_FIELD_ALLOW,
    age = WW_FIELD_AGE,
    via = WW_FIELD_VIA,
    forwarded = WW_FIELD_FORWARDED,
    x_forwarded_for = WW_FIELD_X_FORWARDED_FOR,
    x_forwarded_proto = WW_FIELD_X_FORWARDED_PROTO,
    x_forwarded_host = WW_FIELD_X_FORWARDED_HOST,
    x_request_id = WW_FIELD_X_REQUEST_ID,
    sec_websocket_key = WW_FIELD_SEC_WEBSOCKET_KEY,
    sec_websocket_version = WW_FIELD_SEC_WEBSOCKET_VERSION,
    sec_websocket_protocol = WW_FIELD_SEC_WEBSOCKET_PROTOCOL,
    sec_websocket_extensions = WW_FIELD_SEC_WEBSOCKET_EXTENSIONS,
    sec_websocket_accept = WW_FIELD_SEC_WEBSOCKET_ACCEPT,
    sec_fetch_site = WW_FIELD_SEC_FETCH_SITE,
    sec_fetch_mode = WW_FIELD_SEC_FETCH_MODE,
    sec_fetch_dest = WW_FIELD_SEC_FETCH_DEST,
    content_language = WW_FIELD_CONTENT_LANGUAGE,
    content_location = WW_FIELD_CONTENT_LOCATION,
    retry_after = WW_FIELD_RETRY_AFTER,
    link = WW_FIELD_LINK,
    pragma = WW_FIELD_PRAGMA,
    max_forwards = WW_FIELD_MAX_FORWARDS,
    traceparent = WW_FIELD_TRACEPARENT,
    tracestate = WW_FIELD_TRACESTATE,
    accept_charset = WW_FIELD_ACCEPT_CHARSET,
    expires = WW_FIELD_EXPIRES,
    content_security_policy = WW_FIELD_CONTENT_SECURITY_POLICY,
    strict_transport_security = WW_FIELD_STRICT_TRANSPORT_SECURITY,
    alt_svc = WW_FIELD_ALT_SVC,
    priority = WW_FIELD_PRIORITY,
    x_real_ip = WW_FIELD_X_REAL_IP,
    sec_fetch_user = WW_FIELD_SEC_FETCH_USER,
    upgrade_insecure_requests = WW_FIELD_UPGRADE_INSECURE_REQUESTS,
    dnt = WW_FIELD_DNT,
    access_control_request_method = WW_FIELD_ACCESS_CONTROL_REQUEST_METHOD,
    access_control_request_headers = WW_FIELD_ACCESS_CONTROL_REQUEST_HEADERS,
    access_control_allow_origin = WW_FIELD_ACCESS_CONTROL_ALLOW_ORIGIN,
};

/** The number of a field's name, in any case. One look into a table. See `ww_field_id()`. */
inline field_id field_id_of(octets name) noexcept
{
    return static_cast<field_id>(ww_field_id(name));
}

/** The name as its standard writes it; empty for field_id::other. Static. See `ww_field_name()`. */
inline std::string_view name_of(field_id id) noexcept
{
    return to_text(ww_field_name(static_cast<std::uint16_t>(id)));
}

/** The name; empty for method::other. Static. See `ww_method_name()`. */
inline std::string_view name_of(method id) noexcept
{
    return to_text(ww_method_name(static_cast<std::uint8_t>(id)));
}

} // namespace wireway

#endif
