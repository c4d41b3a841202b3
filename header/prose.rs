/// The text of a comment in columns: paragraphs are filled, lists keep their points, code is set in.
pub struct Prose {
    width: usize,
    lines: Vec<String>,
    /// Of the paragraph that goes on.
    words: Vec<String>,
    is_code: bool,
}

impl Prose {
    /// These lines, set in `width` columns.
    pub fn set(text: &[String], width: usize) -> Vec<String> {
        let mut prose = Self { width, lines: Vec::new(), words: Vec::new(), is_code: false };
        text.iter().for_each(|line| prose.add(line));
        prose.end_paragraph();
        prose.lines
    }

    fn add(&mut self, line: &str) {
        let is_fence = line.starts_with("```");
        if is_fence || self.is_code || is_apart(line) {
            self.end_paragraph();
        }
        if is_fence {
            self.is_code = !self.is_code;
        } else if self.is_code {
            self.lines.push(format!("    {line}"));
        } else if line.is_empty() || line.starts_with("    ") {
            self.lines.push(line.to_owned());
        } else {
            self.words.extend(line.split_whitespace().map(plain));
        }
    }

    fn end_paragraph(&mut self) {
        let next = if self.words.first().is_some_and(|word| word == "-") { "  " } else { "" };
        self.lines.extend(fill(&std::mem::take(&mut self.words), next, self.width));
    }
}

/// A word; names of the library stand without the marks that Rust's documentation has for code.
fn plain(word: &str) -> String {
    let is_name = word.contains("`WW_") || word.contains("`ww_");
    if is_name && word.matches('`').count() == 2 { word.replace('`', "") } else { word.to_owned() }
}

/// Whether a line does not go on with the paragraph above it.
fn is_apart(line: &str) -> bool {
    line.is_empty() || line.starts_with("- ") || line.starts_with("    ")
}

/// Words in lines of at most `width`; all but the first begin with `next`.
pub fn fill(words: &[String], next: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{next}{word}")),
            None => lines.push(word.clone()),
        }
    }
    lines
}
