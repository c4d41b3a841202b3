//! Moves of both sides in turn.

use super::*;

fn client_after(our_cues: &[Cue]) -> (Side, Side) {
    let mut sides = Sides::new(Role::Client);
    for &cue in our_cues {
        sides.step_our_side(cue).unwrap();
    }
    for cue in [Cue::ResponseDue, Cue::Response, Cue::End] {
        sides.step_peer_side(cue).unwrap();
    }
    sides.make_last();
    sides.end_response(false);
    (sides.our_side(), sides.peer_side())
}

#[test]
fn h1_conn_03_after_the_last_response_no_side_begins_a_message() {
    assert_eq!(client_after(&[Cue::Request, Cue::End]), (Side::MustClose, Side::MustClose));
    assert_eq!(client_after(&[Cue::Request]), (Side::Body, Side::MustClose), "a request under way may end");
}
