//! Client: the request for a WebSocket, and the 101 that opens it (RFC 6455 §4.1).

use super::faults::NOT_OPEN;
use crate::conn::delivery::Delivery;
use crate::conn::http1::{Request, SendRequest, value_of};
use crate::conn::parts::Parts;
use crate::conn::place::Place;
use crate::conn::shown::Shown;
use crate::conn::workspace::{HeadSlab, NONE, Workspace};
use crate::conn::write::Write;
use crate::error::{Code, Error, Fault};
use crate::http1::write::FieldRef;
use crate::memory::NO_MEMORY;
use crate::websocket::accept::{ACCEPT_LEN, accept_key, encode_key};
use crate::websocket::extension::{DeflateConfig, offer};
use crate::websocket::handshake::{
    Agreed, EXTENSIONS, Expected, Field, KEY, PROTOCOL, UPGRADE, VERSION, check_offered, check_response, is_ours,
};

static OUR_FIELD: Fault =
    Fault::new(Code::Argument, 0, c"WS-HSC-02", c"the fields of the handshake are the library's own");

/// What a client asked for besides its subprotocols, an octet each: permessage-deflate, parts, and to answer.
const ASKED: usize = 3;

/// The request for a WebSocket.
#[derive(Clone, Copy, Debug)]
pub struct Connect<'a> {
    /// Path and query, at least `/`.
    pub target: &'a [u8],
    /// Host, and the port if it is not the default of the scheme.
    pub authority: &'a [u8],
    /// Subprotocols, as a list in the order of preference; empty: none.
    pub subprotocols: &'a [u8],
    /// Offers permessage-deflate, if the config allows it.
    pub deflate: bool,
    /// How messages are delivered; `None`: as the config says.
    pub delivery: Option<Delivery>,
    /// The application answers messages: they wait while the output is too long, as on a server. Else a client reads on.
    pub answers: bool,
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

/// The fields of a head for the handshake.
fn fields_of<'a>(slab: &'a HeadSlab, bytes: &'a [u8]) -> impl Iterator<Item = Field<'a>> + Clone {
    let field = move |field: &crate::http1::head::Field| {
        (&bytes[field.name as usize..][..field.name_len.into()], value_of(field, bytes))
    };
    slab.fields.as_slice().iter().map(field)
}

/// A client that opens a WebSocket.
pub struct Connector<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Connector<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Client: requests a WebSocket, with these additional `fields`.
    ///
    /// A valid 101 is an `Event::Response`, and the connection is then a WebSocket (`is_websocket`). An invalid 101 is
    /// an error and ends the connection (WS-HSC-04 to -07). Any other status is an ordinary response (WS-HSC-03).
    ///
    /// Fails with `Entropy` if the workspace has no seed, with `State` for fields that the library writes itself, and
    /// like `request`; nothing was sent then.
    pub fn request_websocket<'f>(
        &mut self,
        connect: &Connect<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if fields.clone().any(|field| is_ours(field.name)) {
            return Err(OUR_FIELD.at(0));
        }
        check_offered(connect.subprotocols)?;
        let delivery = self.parts.config.delivery_of(connect.delivery)?;
        let key = encode_key(self.ws.entropy.octets()?);
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
        let had_slab = self.parts.head != NONE;
        let made_room = self.reserve_request(connect);
        let written = made_room.and_then(|()| SendRequest::of(self.parts, self.ws).request(&connect.request(), fields));
        if written == Ok(Write::Queued) {
            self.keep_request(connect, delivery, &accept_key(&key));
        } else if !had_slab {
            self.parts.drop_head(self.ws);
        }
        written
    }

    /// The offer of permessage-deflate.
    fn offered(&self, deflate: bool) -> DeflateConfig {
        DeflateConfig { enabled: self.parts.config.deflate.enabled && deflate, ..self.parts.config.deflate }
    }

    fn reserve_request(&mut self, connect: &Connect<'_>) -> Result<(), Error> {
        self.parts.head_slab(self.ws)?;
        let asked = &mut self.ws.heads.get_mut(self.parts.head).handshake;
        asked.try_reserve(asked.len() + ASKED + ACCEPT_LEN + connect.subprotocols.len()).map_err(|_| NO_MEMORY)
    }

    /// Stores what the 101 must match; room was reserved.
    fn keep_request(&mut self, connect: &Connect<'_>, delivery: Delivery, accept: &[u8; ACCEPT_LEN]) {
        let asked = &mut self.ws.heads.get_mut(self.parts.head).handshake;
        asked.clear();
        let is_in_parts = delivery == Delivery::Parts;
        asked.extend::<[u8; ASKED]>([connect.deflate, is_in_parts, connect.answers].map(u8::from));
        asked.extend_from_slice(accept);
        asked.extend_from_slice(connect.subprotocols);
    }

    /// Client: whether a 101 opens the requested WebSocket; `None`: none was requested.
    pub fn check_101(&self, lent: &[u8], place: Place) -> Result<Option<Agreed>, Error> {
        if self.parts.head == NONE {
            return Ok(None);
        }
        let slab = self.ws.heads.get(self.parts.head);
        let Some((&[deflate, ..], asked)) = slab.handshake.split_first_chunk::<ASKED>() else { return Ok(None) };
        let Some((accept, protocols)) = asked.split_first_chunk() else { return Err(NOT_OPEN) };
        let terms = self.offered(deflate != 0);
        let expected = Expected { accept, protocols, deflate: &terms };
        check_response(fields_of(slab, place.bytes(Shown::of(self.parts, self.ws).held(), lent)), &expected).map(Some)
    }

    /// Client: opens the WebSocket; its 101 was checked.
    pub fn opened(&mut self, agreed: Option<Agreed>) {
        if let Some(agreed) = agreed {
            let asked = &mut self.ws.heads.get_mut(self.parts.head).handshake;
            let [_, is_in_parts, answers] =
                asked.first_chunk::<ASKED>().map_or([false; ASKED], |asked| asked.map(|on| on != 0));
            asked.clear();
            let delivery = if is_in_parts { Delivery::Parts } else { Delivery::Whole };
            self.parts.open_websocket(agreed.deflate, delivery);
            if answers && let Some(socket) = self.parts.protocol.websocket_mut() {
                socket.machine.incoming_mut().message_mut().expect_answers();
            }
        }
    }
}
