//! Client: the request that asks for a WebSocket, and the 101 that opens it (RFC 6455 §4.1).

use super::NOT_OPEN;
use crate::conn::answer::Write;
use crate::conn::head::{Place, value_of};
use crate::conn::workspace::{HeadSlab, NONE, Workspace};
use crate::conn::{Conn, Request};
use crate::error::{Code, Error, Fault};
use crate::http1::write::FieldRef;
use crate::memory::NO_MEMORY;
use crate::websocket::accept::{ACCEPT_LEN, accept_key, encode_key};
use crate::websocket::extension::{DeflateConfig, offer};
use crate::websocket::handshake::{
    Agreed, EXTENSIONS, Expected, Field, KEY, PROTOCOL, UPGRADE, VERSION, check_offered, check_response, is_ours,
};

static OUR_FIELD: Fault =
    Fault::new(Code::State, 0, c"WS-HSC-02", c"the fields of the handshake are the library's own");

/// What a client asks for.
#[derive(Clone, Copy, Debug)]
pub struct Connect<'a> {
    /// Path and query: `/` at least.
    pub target: &'a [u8],
    /// Host, and port where it is not the scheme's own.
    pub authority: &'a [u8],
    /// Subprotocols, as a list in the order of preference; empty: none.
    pub subprotocols: &'a [u8],
    /// permessage-deflate is offered, where the config has it.
    pub deflate: bool,
}

impl Conn {
    /// Client: asks for a WebSocket; `fields` go out with the request.
    ///
    /// A 101 that answers it well is an `Event::Response`, and the connection is a WebSocket then
    /// ([`is_websocket`](Conn::is_websocket)); one that does not is an error, and the end (WS-HSC-04 to -07). Any other status is
    /// a response like any other (WS-HSC-03).
    ///
    /// Fails with `Entropy` where the workspace has no seed, `State` for fields that are the library's, and as
    /// [`request`](Conn::request); nothing was sent then.
    pub fn request_websocket<'f>(
        &mut self,
        ws: &mut Workspace,
        connect: &Connect<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if fields.clone().any(|field| is_ours(field.name)) {
            return Err(OUR_FIELD.at(0));
        }
        check_offered(connect.subprotocols)?;
        let key = encode_key(ws.entropy.octets()?);
        let terms = self.offered(connect.deflate);
        let extensions = offer(&terms);
        let own: [Field<'_>; 5] = [
            (UPGRADE, b"websocket"),
            (KEY, &key),
            (VERSION, b"13"),
            (PROTOCOL, connect.subprotocols),
            (EXTENSIONS, extensions.as_ref().map_or(&[][..], |value| value.as_bytes())),
        ];
        let own = own.iter().filter(|field| !field.1.is_empty()).map(|&(name, value)| FieldRef { name, value });
        let fields = own.chain(fields.map(|field| FieldRef { name: field.name, value: field.value }));
        let had_slab = self.head != NONE;
        let made_room = self.make_room_for_asked(ws, connect);
        let written = made_room.and_then(|()| self.request(ws, &connect.request(), fields));
        if written == Ok(Write::Queued) {
            self.remember_asked(ws, connect, &accept_key(&key));
        } else if !had_slab {
            self.drop_head(ws);
        }
        written
    }

    /// What of permessage-deflate is offered.
    fn offered(&self, deflate: bool) -> DeflateConfig {
        DeflateConfig { enabled: self.config.deflate.enabled && deflate, ..self.config.deflate }
    }

    fn make_room_for_asked(&mut self, ws: &mut Workspace, connect: &Connect<'_>) -> Result<(), Error> {
        self.head_slab(ws)?;
        let asked = &mut ws.heads.get_mut(self.head).handshake;
        asked.try_reserve(asked.len() + 1 + ACCEPT_LEN + connect.subprotocols.len()).map_err(|_| NO_MEMORY)
    }

    /// What the 101 is held against; there is room for it.
    fn remember_asked(&mut self, ws: &mut Workspace, connect: &Connect<'_>, accept: &[u8; ACCEPT_LEN]) {
        let asked = &mut ws.heads.get_mut(self.head).handshake;
        asked.clear();
        asked.push(u8::from(connect.deflate));
        asked.extend_from_slice(accept);
        asked.extend_from_slice(connect.subprotocols);
    }

    /// Client: whether a 101 opens the WebSocket that was asked for; `None` where none was.
    pub(in crate::conn) fn check_101(
        &self,
        ws: &Workspace,
        lent: &[u8],
        place: Place,
    ) -> Result<Option<Agreed>, Error> {
        if self.head == NONE {
            return Ok(None);
        }
        let slab = ws.heads.get(self.head);
        let Some((&deflate, asked)) = slab.handshake.split_first() else { return Ok(None) };
        let Some((accept, protocols)) = asked.split_first_chunk() else { return Err(NOT_OPEN) };
        let terms = self.offered(deflate != 0);
        let expected = Expected { accept, protocols, deflate: &terms };
        check_response(fields_of(slab, place.bytes(self.held(ws), lent)), &expected).map(Some)
    }

    /// Client: the 101 that was checked opens the WebSocket.
    pub(in crate::conn) fn opened(&mut self, ws: &mut Workspace, agreed: Option<Agreed>) {
        if let Some(agreed) = agreed {
            ws.heads.get_mut(self.head).handshake.clear();
            self.open_websocket(agreed.deflate);
        }
    }
}

impl<'a> Connect<'a> {
    fn request(&self) -> Request<'a> {
        Request {
            method: b"GET",
            target: self.target,
            authority: self.authority,
            content: b"",
            stream: None,
            lent: None,
            close: false,
            expect: false,
        }
    }
}

/// The fields of a head as the handshake takes them.
fn fields_of<'a>(slab: &'a HeadSlab, bytes: &'a [u8]) -> impl Iterator<Item = Field<'a>> + Clone {
    let field = move |field: &crate::http1::head::Field| {
        (&bytes[field.name as usize..][..field.name_len.into()], value_of(field, bytes))
    };
    slab.fields.as_slice().iter().map(field)
}
