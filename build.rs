//! With the feature `header`, writes the C header and the list of its functions to `OUT_DIR`. Otherwise does nothing,
//! so that a C user's build needs no generator.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "header")]
    header::write();
}

#[cfg(feature = "header")]
mod header {
    use std::{env, fs, path::Path};

    /// Writes `wireway.h` and `exports.txt` (one function per line, sorted).
    ///
    /// Only `ffi/` is parsed, so nothing of the crate below it can reach the header.
    pub fn write() {
        println!("cargo::rerun-if-changed=cbindgen.toml");
        println!("cargo::rerun-if-changed=ffi");
        let bindings = cbindgen::Builder::new().with_src("ffi/mod.rs").with_config(config()).generate();
        let bindings = bindings.unwrap_or_else(|error| panic!("{error}"));
        let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
        let mut header = Vec::new();
        bindings.write(&mut header);
        let header = with_defaults(&tidy(&String::from_utf8(header).expect("cbindgen writes UTF-8")));
        fs::write(Path::new(&out).join("wireway.h"), header).expect("OUT_DIR is writable");
        let exports: String = exports(&bindings).iter().map(|name| format!("{name}\n")).collect();
        fs::write(Path::new(&out).join("exports.txt"), exports).expect("OUT_DIR is writable");
    }

    /// `cbindgen.toml`, with the version filled in.
    fn config() -> cbindgen::Config {
        let mut config = cbindgen::Config::from_file("cbindgen.toml").unwrap_or_else(|error| panic!("{error}"));
        let preamble = config.after_includes.take().expect("cbindgen.toml has a preamble");
        let version = ["MAJOR", "MINOR", "PATCH"].map(|part| (part, env::var(format!("CARGO_PKG_VERSION_{part}"))));
        config.after_includes = Some(version.into_iter().fold(preamble, |text, (part, value)| {
            text.replace(&format!("@{part}@"), &value.expect("cargo sets the parts of the version"))
        }));
        config
    }

    /// The text as a person would lay it out: short comments on one line, `WW_API` before what it marks, its further
    /// arguments indented, negative values in parentheses, no two blank lines in a row. What the generator takes for the
    /// difference of pointers is a descriptor or a handle.
    fn tidy(generated: &str) -> String {
        let mut text = generated.replace("\nWW_API\n", "\nWW_API ").replace("ptrdiff_t", "intptr_t");
        while text.contains("\n\n\n") {
            text = text.replace("\n\n\n", "\n\n");
        }
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines() {
            match (lines.as_slice(), line) {
                ([.., open, _], " */") if open == "/**" => {
                    let only = lines.pop().expect("matched");
                    *lines.last_mut().expect("matched") = format!("/** {} */", only.trim_start_matches(" * "));
                }
                ([.., above], _) if is_declaration(above) && above.ends_with(',') => {
                    lines.push(format!("        {}", line.trim_start()));
                }
                _ => lines.push(parenthesised(line)),
            }
        }
        FAMILIES.iter().fold(lines, |lines, family| family.gathered(lines)).join("\n") + "\n"
    }

    /// Constants of which exactly one is meant, so that a compiler can name those that a `switch` forgets.
    struct Family {
        name: &'static str,
        prefix: &'static str,
        about: &'static str,
    }

    const FAMILIES: [Family; 3] = [
        Family { name: "ww_role", prefix: "WW_ROLE_", about: "Which side of a connection a config is for." },
        Family {
            name: "ww_event_kind",
            prefix: "WW_EVENT_",
            about: "What an event is. `switch ((ww_event_kind)event.kind)` lets -Wswitch name the kinds that it forgets.",
        },
        Family { name: "ww_ws_opcode", prefix: "WW_WS_OP_", about: "The opcodes of frames (RFC 6455 §5.2)." },
    ];

    impl Family {
        /// The value of a line that defines one of these; flags are combined, so they are no family of this kind.
        fn member<'a>(&self, line: &'a str) -> Option<(&'a str, &'a str)> {
            let member = line.strip_prefix("#define ")?.split_once(' ')?;
            (member.0.starts_with(self.prefix) && !member.0.contains("_FLAG_")).then_some(member)
        }

        /// The lines with an enum in the place of the first of these constants.
        fn gathered(&self, lines: Vec<String>) -> Vec<String> {
            let (mut out, mut members): (Vec<String>, Vec<String>) = Default::default();
            let mut place = None;
            for line in lines {
                let Some((name, value)) = self.member(&line) else {
                    out.push(line);
                    continue;
                };
                let comment = out.iter().rposition(|line| line.starts_with("/**")).expect("a constant has a comment");
                members.extend(out.drain(comment..).map(|line| format!("    {line}")));
                members.push(format!("    {name} = {value},"));
                let at = *place.get_or_insert(out.len());
                while out.len() > at && out.last().is_some_and(String::is_empty) {
                    out.pop();
                }
            }
            let place = place.unwrap_or_else(|| panic!("there is no {}", self.prefix));
            let head = [format!("/** {} */", self.about), format!("typedef enum {} {{", self.name)];
            let all = head.into_iter().chain(members).chain([format!("}} {};", self.name)]);
            out.splice(place..place, all);
            out
        }
    }

    /// Structs that callers fill though they have no size.
    const FILLED: [&str; 2] = ["ww_allocator", "ww_tls_certificate"];

    /// The header whose structs have defaults in C++: those that callers fill, which say their size or are in `FILLED`. Others are
    /// left to be written by the library, and cost nothing to declare.
    fn with_defaults(header: &str) -> String {
        let mut pieces = header.split("typedef struct ");
        let mut text = pieces.next().expect("split yields a piece").to_owned();
        for piece in pieces {
            let (body, rest) = piece.split_once("\n}").unwrap_or((piece, ""));
            let name = piece.split(' ').next().expect("split yields a piece");
            let is_filled = body.contains("\n    size_t size;") || FILLED.contains(&name);
            let members = body.split('\n').map(|line| if is_filled { member(line, name) } else { line.to_owned() });
            let close = if piece.contains("\n}") { "\n}" } else { "" };
            text.extend(["typedef struct ", &members.collect::<Vec<_>>().join("\n"), close, rest]);
        }
        text
    }

    /// A line of a struct; with its default where it is a member.
    fn member(line: &str, name: &str) -> String {
        match line.strip_prefix("    ").and_then(|member| member.strip_suffix(';')) {
            Some("size_t size") => format!("    size_t size WW_SIZE_OF({name});"),
            Some(member) if !member.starts_with([' ', '*', '/']) => format!("    {member} WW_ZERO;"),
            _ => line.to_owned(),
        }
    }

    /// The first line of a declaration, or a further one as `tidy` leaves it.
    fn is_declaration(line: &str) -> bool {
        line.starts_with("WW_API ") || line.starts_with("        ")
    }

    fn parenthesised(line: &str) -> String {
        match line.split_once(" -") {
            Some((name, value)) if name.starts_with("#define WW_") && value.parse::<u32>().is_ok() => {
                format!("{name} (-{value})")
            }
            _ => line.to_owned(),
        }
    }

    fn exports(bindings: &cbindgen::Bindings) -> Vec<&str> {
        let mut names: Vec<_> = bindings.functions.iter().map(|function| function.path().name()).collect();
        names.sort_unstable();
        names
    }
}
