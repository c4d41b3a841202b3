//! The cases of WebSocket rows in `tests/cases/websocket.txt`; see the README there.

/// What a peer sends, and what comes of it.
pub struct FrameCase {
    /// Ledger row, as `WS-FRM-12`.
    pub row: String,
    /// `websocket.txt:LINE`, for failures.
    pub place: String,
    /// `server` or `client`, then `whole` or `huge`.
    pub how: String,
    /// Frames without masks, as `octets` takes them.
    pub frames: String,
    pub events: String,
    /// Frames without masks, in hexadecimal.
    pub out: String,
}

/// All cases. Panics with the line where one cannot be read.
pub fn cases() -> Vec<FrameCase> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/websocket.txt");
    let text = std::fs::read_to_string(path).expect("websocket.txt");
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(number, line)| case(&format!("websocket.txt:{}", number + 1), line)).collect()
}

fn case(place: &str, line: &str) -> FrameCase {
    let parts: Vec<String> = line.split('|').map(|part| part.trim().to_string()).collect();
    let [row, how, frames, events, out] = parts.try_into().unwrap_or_else(|_| panic!("{place}: five parts"));
    let events = events.replace("{a*125}", &"a".repeat(125));
    FrameCase { row, place: place.into(), how, frames, events, out: out.replace(' ', "") }
}
