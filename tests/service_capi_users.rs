//! The pointers that C stores for connections of a `ww_server`.
#![cfg(all(feature = "service", feature = "capi"))]

mod service_support;

use service_support::c::*;
use std::ptr::null_mut;
use wireway::ffi::event::*;
use wireway::ffi::server::hold::*;
use wireway::ffi::server::*;
use wireway::ffi::status::*;

/// Each comes back once: with the end of its connection, or when it is asked for before the server is freed.
#[test]
fn pointers_of_connections_come_back_before_the_server_goes() {
    let (server, address) = listening();
    let mut clients: Vec<_> = (0..100).map(|_| connected(server, address)).collect();
    let pointer = |number: usize| null_mut::<u8>().wrapping_add(number).cast();
    let mut user = null_mut();
    // SAFETY: a server of ours; the library does not look at the pointers.
    unsafe {
        assert_eq!(ww_server_take_user(null_mut(), &raw mut user), WW_E_ARGUMENT);
        assert_eq!(ww_server_take_user(server, null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_take_user(server, &raw mut user), WW_DONE);
        for (number, (_, id)) in clients.iter().enumerate().skip(1) {
            assert_eq!(ww_server_set_user(server, *id, pointer(number)), WW_OK);
        }
        drop(clients.swap_remove(50));
        assert_eq!(event(server, WW_EVENT_CLOSED).user, pointer(50));
        let mut taken = Vec::new();
        while ww_server_take_user(server, &raw mut user) == WW_OK {
            taken.push(user.addr());
        }
        assert!(user.is_null());
        taken.sort_unstable();
        assert_eq!(taken, (1..100).filter(|&number| number != 50).collect::<Vec<_>>());
        let (client, id) = clients.swap_remove(3);
        assert_eq!(ww_server_set_user(server, id, pointer(1000)), WW_OK, "another one, in a slot that was looked at");
        assert_eq!(ww_server_take_user(server, &raw mut user), WW_OK);
        assert_eq!((user, ww_server_take_user(server, &raw mut user)), (pointer(1000), WW_DONE));
        drop(client);
        assert!(event(server, WW_EVENT_CLOSED).user.is_null(), "it was given back");
        ww_server_free(server);
    }
}
