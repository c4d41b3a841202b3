//! `ww_tls_options` as the core wants them.

use std::borrow::Cow;
use std::sync::Arc;

use super::faults;
use super::file::{self, octets};
use super::given::Given;
use super::key_log;
use super::types::{
    WW_TLS_CLIENT_CERT_OPTIONAL, WW_TLS_KERNEL, WW_TLS_NO_RESUMPTION, WW_TLS_PIN_LEN, WW_TLS_REFUSE_UNKNOWN_NAMES,
    WW_TLS_TRUST_ANYONE, ww_tls_certificate, ww_tls_options,
};
use crate::error::Error;
use crate::ffi::check::{prefix, slice};
use crate::ffi::head::types::ww_span;
use crate::tls::{Certificate, ClientAuth, KeyLog, Options, Pin, Refusal, TlsConfig, Trust};

const _: () = assert!(size_of::<Pin>() == WW_TLS_PIN_LEN && align_of::<Pin>() == 1);

/// # Safety
/// `options` is null or valid, with all it points to.
pub unsafe fn make(options: *const ww_tls_options) -> Result<TlsConfig, Refusal> {
    // SAFETY: as the caller promises.
    unsafe { with(options, TlsConfig::new) }
}

/// # Safety
/// As [`make`].
pub unsafe fn swap(config: &TlsConfig, options: *const ww_tls_options) -> Result<(), Refusal> {
    // SAFETY: as the caller promises.
    unsafe { with(options, |options| config.swap(options)) }
}

/// Calls `body` with the options in the core's form.
///
/// # Safety
/// As [`make`].
unsafe fn with<R>(
    options: *const ww_tls_options,
    body: impl FnOnce(&Options<'_>) -> Result<R, Refusal>,
) -> Result<R, Refusal> {
    // SAFETY: as the caller promises; all-zero octets are a valid value of this struct.
    let options: ww_tls_options = unsafe { prefix(options) }?;
    let given = Given(&options);
    let role = given.role()?;
    // SAFETY: as the caller promises.
    let loaded = unsafe { Loaded::new(given) }?;
    let names: Vec<Vec<&str>> = loaded.certificates.iter().map(Own::names).collect::<Result<_, _>>()?;
    let certificates: Vec<_> = loaded.certificates.iter().zip(&names).map(|(own, names)| own.borrow(names)).collect();
    let options = Options {
        certificates: &certificates,
        refuse_unknown_names: given.has(WW_TLS_REFUSE_UNKNOWN_NAMES),
        client_auth: loaded.client_auth(given.has(WW_TLS_CLIENT_CERT_OPTIONAL))?,
        trust: loaded.trust(given.has(WW_TLS_TRUST_ANYONE))?,
        pins: loaded.pins,
        resumption: !given.has(WW_TLS_NO_RESUMPTION),
        key_log: loaded.key_log.clone(),
        kernel: given.has(WW_TLS_KERNEL),
        ..Options::new(role)
    };
    body(&given.plain(&loaded.alpn, options)?)
}

/// What was read, or points to the caller's octets.
struct Loaded<'a> {
    certificates: Vec<Own<'a>>,
    client_ca: Option<Cow<'a, [u8]>>,
    roots: Option<Cow<'a, [u8]>>,
    alpn: Vec<&'a [u8]>,
    key_log: Option<Arc<dyn KeyLog>>,
    pins: &'a [Pin],
}

struct Own<'a> {
    chain: Cow<'a, [u8]>,
    key: Cow<'a, [u8]>,
    ocsp: Cow<'a, [u8]>,
    names: Vec<&'a [u8]>,
}

impl Loaded<'_> {
    /// # Safety
    /// What `given` points to is valid and does not change during the lifetime.
    unsafe fn new(given: Given<'_>) -> Result<Self, Refusal> {
        let options = given.0;
        // SAFETY: as the caller promises.
        let certificates = unsafe { slice(options.certificates, options.certificate_count) }?;
        let mut own = Vec::with_capacity(certificates.len());
        for (index, certificate) in certificates.iter().enumerate() {
            // SAFETY: as the caller promises.
            own.push(unsafe { Own::new(certificate) }.map_err(|error| Refusal { error, certificate: index })?);
        }
        // SAFETY: as the caller promises.
        unsafe {
            Ok(Self {
                certificates: own,
                client_ca: octets(options.client_ca_pem, options.client_ca_path, &file::CLIENT_CA)?,
                roots: octets(options.roots_pem, options.roots_path, &file::ROOTS)?,
                alpn: spans(options.alpn, options.alpn_count)?,
                pins: slice(options.pins.cast::<Pin>(), options.pin_count)?,
                key_log: given.key_log_path()?.map(|path| key_log::at(&path)).transpose()?,
            })
        }
    }

    fn trust(&self, anyone: bool) -> Result<Trust<'_>, Error> {
        match (&self.roots, anyone) {
            (None, false) => Ok(Trust::Platform),
            (None, true) => Ok(Trust::Anyone),
            (Some(pem), false) => Ok(Trust::Roots(pem)),
            (Some(_), true) => Err(faults::ANYONE.at(0)),
        }
    }

    fn client_auth(&self, optional: bool) -> Result<ClientAuth<'_>, Error> {
        match (&self.client_ca, optional) {
            (None, false) => Ok(ClientAuth::None),
            (None, true) => Err(faults::OPTIONAL.at(0)),
            (Some(pem), true) => Ok(ClientAuth::Optional(pem)),
            (Some(pem), false) => Ok(ClientAuth::Required(pem)),
        }
    }
}

impl Own<'_> {
    /// # Safety
    /// As [`Loaded::new`].
    unsafe fn new(given: &ww_tls_certificate) -> Result<Self, Error> {
        if given.reserved != [0; 2] {
            return Err(faults::RESERVED.at(0));
        }
        // SAFETY: as the caller promises.
        unsafe {
            Ok(Self {
                chain: octets(given.chain_pem, given.chain_path, &file::CHAIN)?.ok_or(faults::CHAIN.at(0))?,
                key: octets(given.key_pem, given.key_path, &file::KEY)?.ok_or(faults::KEY.at(0))?,
                ocsp: octets(given.ocsp, given.ocsp_path, &file::OCSP)?.unwrap_or_default(),
                names: spans(given.names, given.name_count)?,
            })
        }
    }

    /// What is not ASCII is no host name, and becomes one that is refused as such.
    fn names(&self) -> Result<Vec<&str>, Error> {
        Ok(self.names.iter().map(|name| core::str::from_utf8(name).unwrap_or_default()).collect())
    }

    fn borrow<'b>(&'b self, names: &'b [&'b str]) -> Certificate<'b> {
        Certificate { chain: &self.chain, key: &self.key, ocsp: &self.ocsp, names }
    }
}

/// # Safety
/// `data` is null or points to `len` spans that are valid, and do not change during `'a`.
unsafe fn spans<'a>(data: *const ww_span, len: usize) -> Result<Vec<&'a [u8]>, Error> {
    // SAFETY: as the caller promises.
    unsafe { slice(data, len)?.iter().map(|span| slice(span.data, span.len)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ffi::role::{WW_ROLE_CLIENT, WW_ROLE_SERVER};

    /// The options as they are told, with these flags.
    fn told<R>(flags: u32, look: impl FnOnce(&Options<'_>) -> R) -> Result<R, Refusal> {
        // SAFETY: all-zero octets are a valid value of this struct.
        let mut given: ww_tls_options = unsafe { core::mem::zeroed() };
        (given.size, given.role, given.flags) = (size_of::<ww_tls_options>(), WW_ROLE_SERVER, flags);
        // SAFETY: valid, and points to nothing.
        unsafe { with(&raw const given, |options| Ok(look(options))) }
    }

    #[test]
    fn what_is_wrong_is_said_by_member() {
        // SAFETY: all-zero octets are a valid value of this struct.
        let zero: ww_tls_options = unsafe { core::mem::zeroed() };
        let good = ww_tls_options { size: size_of::<ww_tls_options>(), role: WW_ROLE_CLIENT, ..zero };
        let refused = |given: ww_tls_options| {
            // SAFETY: valid, and points to nothing.
            let told = unsafe { with(&raw const given, |_| Ok(())) };
            told.expect_err("refused").error.fault.reason.to_str().expect("ASCII")
        };
        for (given, name) in [
            (ww_tls_options { role: 2, ..good }, "`role`"),
            (ww_tls_options { flags: WW_TLS_KERNEL, ..good }, "`flags`"),
            (ww_tls_options { sessions_max: 65_537, ..good }, "`sessions_max`"),
            (ww_tls_options { version_min: 1, ..good }, "`version_min`"),
            (ww_tls_options { reserved: 1, ..good }, "`reserved`"),
            (ww_tls_options { size: 1, ..good }, "`size`"),
            (ww_tls_options { role: WW_ROLE_SERVER, pin_count: 1, ..good }, "`pins`"),
        ] {
            assert!(refused(given).contains(name), "{name}: {}", refused(given));
        }
    }

    #[test]
    fn a_flag_gives_keys_to_the_kernel_and_none_does_not() {
        assert_eq!(told(WW_TLS_KERNEL, |options| (options.kernel, options.resumption)), Ok((true, true)));
        assert_eq!(told(WW_TLS_NO_RESUMPTION, |options| (options.kernel, options.resumption)), Ok((false, false)));
    }
}
