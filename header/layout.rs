//! The generated text as a person would set it.

use super::prose::{Prose, fill};

/// Columns of comments and declarations.
const WIDTH: usize = 110;

/// An item with its comments filled up to `WIDTH`, its arguments behind each other, and its value as C writes it.
pub fn lay_out(text: &str) -> String {
    let (mut out, mut comment): (Vec<String>, Option<Vec<String>>) = Default::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match (line.trim(), &mut comment) {
            ("/**", _) => comment = Some(Vec::new()),
            ("*/", Some(prose)) => {
                let indent = &line[..line.find('*').expect("it ends so") - 1];
                out.extend(filled(prose, indent));
                comment = None;
            }
            (prose_line, Some(prose)) => {
                let prose_line = prose_line.strip_prefix('*').unwrap_or(prose_line);
                prose.push(prose_line.strip_prefix(' ').unwrap_or(prose_line).to_owned());
            }
            (first, None) if first.starts_with("WW_API") => {
                let all: Vec<&str> = [first].into_iter().chain(lines.by_ref().map(str::trim)).collect();
                out.extend(arguments(&all.join(" ").replace("struct ww_", "ww_")));
            }
            (_, None) => out.push(code(line)),
        }
    }
    out.join("\n")
}

/// A line of a type or a constant.
fn code(line: &str) -> String {
    match line.strip_prefix("#define ").and_then(|define| define.split_once(' ')) {
        Some((name, value)) => format!("#define {name} {}", constant(name, value)),
        None if line.starts_with("typedef ") => line.to_owned(),
        None => line.replace("struct ww_", "ww_"),
    }
}

/// `1u << 4` of bits, `0x0303` of versions, `(-7)` of negative numbers.
fn constant(name: &str, value: &str) -> String {
    let number = value.parse::<i64>();
    match number {
        Ok(negative @ ..0) => format!("({negative})"),
        Ok(version) if name.starts_with("WW_TLS_1_") => format!("{version:#06x}"),
        Ok(_) => value.to_owned(),
        Err(_) if value.contains('|') => format!("({})", value.replace(['(', ')'], "")),
        Err(_) => value.replace("(1 << ", "(1u << "),
    }
}

/// A declaration in lines of at most `WIDTH`.
fn arguments(declaration: &str) -> Vec<String> {
    let words: Vec<String> = declaration.split_inclusive(", ").map(|word| word.trim_end().to_owned()).collect();
    fill(&words, "        ", WIDTH)
}

/// A comment of these lines: paragraphs are filled, lists keep their points, code is set in.
fn filled(prose: &[String], indent: &str) -> Vec<String> {
    let prose = Prose::set(prose, WIDTH - indent.len() - 3);
    if let [only] = &prose[..]
        && indent.len() + only.chars().count() + 7 <= WIDTH
    {
        return vec![format!("{indent}/** {only} */")];
    }
    let lines = prose.iter().map(|line| format!("{indent} * {line}").trim_end().to_owned());
    [format!("{indent}/**")].into_iter().chain(lines).chain([format!("{indent} */")]).collect()
}
