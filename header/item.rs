/// One declaration of the generated text, with its comment, under the name that C knows it by.
#[derive(Clone)]
pub struct Item {
    pub name: String,
    pub text: String,
}

impl Item {
    /// The items of a text in which blank lines stand between them.
    pub fn cut(generated: &str) -> Vec<Self> {
        let texts = generated.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
        texts.map(|text| Self::new(text.to_owned())).collect()
    }

    pub fn new(text: String) -> Self {
        let name = declared(declaration(&text)).to_owned();
        Self { name, text }
    }

    /// Without its comments and `WW_API`, for prose that shows what it talks about.
    pub fn bare(&self) -> String {
        let code = declaration(&self.text).trim_start_matches("WW_API ");
        let mut lines = Vec::new();
        let mut is_comment = false;
        for line in code.lines() {
            let text = line.trim_start();
            is_comment |= text.starts_with("/*");
            if !is_comment {
                lines.push(match line.split_once(" WW_") {
                    // The default of a member in C++.
                    Some((member, _)) if line.starts_with(' ') => format!("{member};"),
                    _ => line.to_owned(),
                });
            }
            is_comment &= !text.ends_with("*/");
        }
        lines.join("\n")
    }
}

/// What stands behind the comment at the beginning.
fn declaration(text: &str) -> &str {
    match text.strip_prefix("/**").and_then(|rest| rest.split_once("*/")) {
        Some((_, declaration)) => declaration.trim_start(),
        None => text,
    }
}

/// The name of what a declaration declares.
fn declared(declaration: &str) -> &str {
    let words = |text: &'_ str| -> usize { text.rfind(|c: char| !is_word(c)).map_or(0, |at| at + 1) };
    if let Some(constant) = declaration.strip_prefix("#define ") {
        return constant.split(|c: char| !is_word(c)).next().unwrap_or_default();
    }
    let line = declaration.lines().next().unwrap_or_default();
    let head = if declaration.starts_with("typedef") { line } else { line.split('(').next().unwrap_or_default() };
    let head = head.trim_end_matches([';', '{', ' ']);
    &head[words(head)..]
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
