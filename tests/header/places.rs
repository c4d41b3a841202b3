//! Where the files of `header/parts` put what is declared, and what they may get wrong.

use super::item::Item;
use super::parts::Parts;

const GENERATED: &str = "/** One. */\n#define WW_ONE 1\n\n/** Two. */\n#define WW_TWO 2\n\n/**\n * A struct.\n */\ntypedef struct ww_s {\n    /** A member,\n     * explained. */\n    int a;\n    int *b;\n} ww_s;\n\n/** A call. */\nWW_API const char *ww_call(int a,\n        int b);";

fn fill(part: &str) -> Result<String, String> {
    let parts = Parts::new(vec![("a.h".to_owned(), part.to_owned())]);
    parts.fill(&Item::cut(GENERATED)).map(|files| files.into_iter().map(|(_, text)| text).collect())
}

#[test]
fn each_item_stands_where_its_name_stands() {
    let text = fill("first\n@ww_call\n\n@WW_TWO\n@WW_ONE\n@ww_s\nlast").unwrap();
    let order: Vec<usize> = ["first", "ww_call(", "WW_TWO 2", "WW_ONE 1", "} ww_s;", "last"]
        .map(|word| text.find(word).expect(word))
        .into();
    assert!(order.is_sorted(), "{text}");
    assert!(text.contains("/** Two. */\n#define WW_TWO 2\n/** One. */\n#define WW_ONE 1\n"), "{text}");
}

#[test]
fn a_star_takes_what_no_line_names() {
    let text = fill("@WW_TWO\n---\n@WW_*\n---\n@ww_call\n@ww_s").unwrap();
    let pieces: Vec<&str> = text.split("---\n").collect();
    assert!(pieces[0].contains("WW_TWO") && !pieces[1].contains("WW_TWO") && pieces[1].contains("WW_ONE"), "{text}");
}

#[test]
fn a_comment_shows_an_item_without_its_comments_and_is_no_place() {
    let text = fill("/*\n *     @ww_s\n *   @ww_call\n */\n@WW_*\n@ww_s\n@ww_call").unwrap();
    let shown = " *     typedef struct ww_s {\n *         int a;\n *         int *b;\n *     } ww_s;\n";
    assert!(text.contains(shown), "{text}");
    assert!(text.contains(" *   const char *ww_call(int a,\n"), "{text}");
}

#[test]
fn what_has_no_place_or_two_is_told() {
    let mistakes = fill("@WW_ONE\n@ww_call\n@ww_call\n@ww_gone\n@ww_s").unwrap_err();
    let expected = [
        "WW_TWO has no place: add a line `@WW_TWO` to a file of header/parts",
        "ww_call has 2 places: header/parts/a.h:2, header/parts/a.h:3",
        "header/parts/a.h:4: ffi/ has no ww_gone",
    ];
    assert_eq!(mistakes.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_star_and_a_star_are_two_places() {
    let mistakes = fill("@WW_*\n@WW_T*\n@ww_call\n@ww_s").unwrap_err();
    assert_eq!(mistakes, "WW_TWO has 2 places: header/parts/a.h:1, header/parts/a.h:2");
}
