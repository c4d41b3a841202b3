//! What `ww_tls_options` say by themselves.

use std::path::{Path, PathBuf};

use super::types::{
    WW_TLS_1_2, WW_TLS_1_3, WW_TLS_CLIENT_CERT_OPTIONAL, WW_TLS_KERNEL, WW_TLS_KEY_LOG_ENV, WW_TLS_NO_ALPN,
    WW_TLS_NO_POST_QUANTUM, WW_TLS_NO_RESUMPTION, WW_TLS_REFUSE_UNKNOWN_NAMES, WW_TLS_TRUST_ANYONE, ww_tls_options,
};
use super::{faults, file, key_log};
use crate::error::Error;
use crate::ffi::head::types::ww_span;
use crate::ffi::role::{WW_ROLE_CLIENT, WW_ROLE_SERVER};
use crate::tls::{KeyExchange, Options, Role, Version};

const SERVER_FLAGS: u32 = WW_TLS_REFUSE_UNKNOWN_NAMES | WW_TLS_CLIENT_CERT_OPTIONAL | WW_TLS_KERNEL;
const CLIENT_FLAGS: u32 = WW_TLS_TRUST_ANYONE;
const ANY_FLAGS: u32 = WW_TLS_NO_RESUMPTION | WW_TLS_NO_ALPN | WW_TLS_NO_POST_QUANTUM | WW_TLS_KEY_LOG_ENV;

/// What the caller's struct says by itself.
#[derive(Clone, Copy)]
pub struct Given<'a>(pub &'a ww_tls_options);

impl Given<'_> {
    pub fn has(self, flag: u32) -> bool {
        self.0.flags & flag != 0
    }

    /// The role, after what belongs to the other was found to be missing.
    pub fn role(self) -> Result<Role, Error> {
        match self.0.role {
            WW_ROLE_SERVER => self.server(),
            WW_ROLE_CLIENT => self.client(),
            _ => Err(faults::ROLE.at(0)),
        }
    }

    fn server(self) -> Result<Role, Error> {
        let ww_tls_options { flags, roots_pem, roots_path, pin_count, .. } = *self.0;
        match flags & !(SERVER_FLAGS | ANY_FLAGS) {
            0 if is_given(roots_pem) || !roots_path.is_null() || pin_count != 0 => Err(faults::ROOTS.at(0)),
            0 => Ok(Role::Server),
            _ => Err(faults::SERVER_FLAGS.at(0)),
        }
    }

    fn client(self) -> Result<Role, Error> {
        let ww_tls_options { flags, client_ca_pem, client_ca_path, .. } = *self.0;
        match flags & !(CLIENT_FLAGS | ANY_FLAGS) {
            0 if is_given(client_ca_pem) || !client_ca_path.is_null() => Err(faults::CLIENT_CA.at(0)),
            0 => Ok(Role::Client),
            _ => Err(faults::CLIENT_FLAGS.at(0)),
        }
    }

    /// What is a number or a list.
    pub fn plain<'a>(self, alpn: &'a [&'a [u8]], options: Options<'a>) -> Result<Options<'a>, Error> {
        let ww_tls_options { reserved, sessions_max, version_min, version_max, .. } = *self.0;
        if reserved != 0 {
            return Err(faults::RESERVED.at(0));
        }
        if sessions_max > 65_536 {
            return Err(faults::SESSIONS.at(0));
        }
        Ok(Options {
            alpn: self.protocols(alpn, options.alpn)?,
            version_min: version(version_min, options.version_min)?,
            version_max: version(version_max, options.version_max)?,
            sessions_max: if sessions_max == 0 { options.sessions_max } else { sessions_max as usize },
            key_exchange: if self.has(WW_TLS_NO_POST_QUANTUM) { KeyExchange::Classical } else { options.key_exchange },
            ..options
        })
    }

    fn protocols<'a>(self, given: &'a [&'a [u8]], default: &'a [&'a [u8]]) -> Result<&'a [&'a [u8]], Error> {
        match (self.has(WW_TLS_NO_ALPN), given) {
            (true, []) => Ok(&[]),
            (true, _) => Err(faults::ALPN.at(0)),
            (false, []) => Ok(default),
            (false, _) => Ok(given),
        }
    }

    /// The caller's file before that of the environment.
    ///
    /// # Safety
    /// The path is null or NUL-terminated.
    pub unsafe fn key_log_path(self) -> Result<Option<PathBuf>, Error> {
        if !self.0.key_log_path.is_null() {
            // SAFETY: not null, else as the caller promises.
            return Ok(Some(unsafe { file::path_of(self.0.key_log_path) }));
        }
        let wanted = if self.has(WW_TLS_KEY_LOG_ENV) { key_log::of_environment() } else { None };
        Ok(wanted.map(|path| Path::new(&path).to_owned()))
    }
}

fn version(given: u32, default: Version) -> Result<Version, Error> {
    match given {
        0 => Ok(default),
        WW_TLS_1_2 => Ok(Version::Tls12),
        WW_TLS_1_3 => Ok(Version::Tls13),
        _ => Err(faults::VERSION.at(0)),
    }
}

fn is_given(span: ww_span) -> bool {
    !span.data.is_null() || span.len != 0
}
