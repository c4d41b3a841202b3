//! Connects that are cancelled.

use super::support::{accepted, assert_quiet, listening, new_loop, next, send, send_all};
use wireway::error::{Code, Error};
use wireway::io::driver::{Cancel, Closing};
use wireway::io::event_loop::Event;
use wireway::io::socket::SocketOptions;

/// Whatever becomes of it: nothing of it is told, and it takes no operation, while the listener's side of it lives on.
#[test]
fn a_cancelled_connect_can_only_be_closed() {
    let mut event_loop = new_loop();
    let (_, address) = listening(&mut event_loop);
    let client = event_loop.open(2).connect(&address, &SocketOptions::default()).unwrap();
    event_loop.at(client).unwrap().cancel(Cancel::Connect).unwrap();
    let accepted = accepted(&mut event_loop);
    send_all(&mut event_loop, accepted, b"unheard");
    event_loop.at(accepted).unwrap().receive().unwrap();
    let is_state = |result: Result<(), Error>| assert_eq!(result.unwrap_err().code(), Code::State);
    is_state(event_loop.at(client).unwrap().receive());
    is_state(event_loop.at(client).unwrap().shutdown_write());
    is_state(send(&mut event_loop, client, b"x").map(drop));
    assert_quiet(&mut event_loop);
    assert_eq!(event_loop.at(client).unwrap().close().unwrap(), Closing::Done);
    let end = next(&mut event_loop);
    assert!(end.socket == accepted && matches!(end.event, Event::Received(Ok(0) | Err(_))), "{end:?}");
}

/// A connect that is reported is over: there is nothing to cancel.
#[test]
fn a_cancel_behind_the_connect_changes_nothing() {
    let mut event_loop = new_loop();
    let (_, address) = listening(&mut event_loop);
    let client = event_loop.open(2).connect(&address, &SocketOptions::default()).unwrap();
    let mut events = [next(&mut event_loop), next(&mut event_loop)];
    events.sort_by_key(|done| done.token);
    assert!(matches!(events[1].event, Event::Connected(Ok(()))), "{events:?}");
    event_loop.at(client).unwrap().cancel(Cancel::Connect).unwrap();
    send_all(&mut event_loop, client, b"x");
    event_loop.at(client).unwrap().receive().unwrap();
}
