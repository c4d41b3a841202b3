/// Structs that callers fill though they have no size.
const FILLED: [&str; 2] = ["ww_allocator", "ww_tls_certificate"];

/// A declaration whose members have defaults in C++ where it is a struct that callers fill: one that says its size or is in `FILLED`. Others
/// are left to be written by the library, and cost nothing to declare.
pub fn with_defaults(name: &str, text: &str) -> String {
    let is_filled = text.contains("\n    size_t size;") || FILLED.contains(&name);
    let lines = text.lines().map(|line| if is_filled { member(line, name) } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}

/// A line of a struct; with its default where it is a member.
fn member(line: &str, name: &str) -> String {
    match line.strip_prefix("    ").and_then(|member| member.strip_suffix(';')) {
        Some("size_t size") => format!("    size_t size WW_SIZE_OF({name});"),
        Some(member) if !member.starts_with([' ', '*', '/']) => format!("    {member} WW_ZERO;"),
        _ => line.to_owned(),
    }
}
