//! The address of a server, and how the way there is encrypted.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use postgres::config::SslMode;
use postgres::{Client, Config, NoTls};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::lang::tr;
use crate::ledger::ErrorKind;

/// An address as `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…`. Nothing shows it.
#[derive(Clone)]
pub struct Address {
    config: Config,
    tls: Option<Arc<ClientConfig>>,
}

/// Without an answer for so long, a server counts as gone.
const GONE: Duration = Duration::from_secs(30);

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").finish_non_exhaustive()
    }
}

impl Address {
    /// Reads an address. `sslmode` and `sslrootcert` mean what they mean to PostgreSQL's own programs.
    ///
    /// # Errors
    /// A message for people, which says nothing of the address but what it is `named` by.
    pub fn parse(text: &str, named: &Path) -> Result<Address, String> {
        let named = named.display().to_string();
        let text = text.trim();
        let is_address = ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| text.starts_with(scheme));
        let (main, query) = text.split_once('?').unwrap_or((text, ""));
        let (mut mode, mut roots, mut others) = (None, None, Vec::new());
        for option in query.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => roots = Some(decoded(value)),
                _ => others.push(option),
            }
        }
        let address = format!("{main}?{}", others.join("&"));
        let config = address.trim_end_matches('?').parse::<Config>().ok();
        let Some(mut config) = config.filter(|_| is_address) else {
            return Err(tr!("ledger-address", path = named));
        };
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(GONE);
        }
        config.keepalives_idle(GONE);
        let (mode, tls) = encryption(mode.unwrap_or("prefer"), roots.as_deref(), &named)?;
        config.ssl_mode(mode);
        Ok(Address { config, tls })
    }

    pub(super) fn connect(&self, name: &str) -> Result<Client, ErrorKind> {
        let mut config = self.config.clone();
        config.application_name(name);
        let client = match &self.tls {
            None => config.connect(NoTls),
            Some(tls) => config.connect(MakeRustlsConnect::new(ClientConfig::clone(tls))),
        };
        client.map_err(ErrorKind::from)
    }
}

fn decoded(text: &str) -> String {
    let text = percent_encoding::percent_decode_str(text);
    text.decode_utf8_lossy().into_owned()
}

fn encryption(
    mode: &str,
    roots: Option<&str>,
    named: &str,
) -> Result<(SslMode, Option<Arc<ClientConfig>>), String> {
    let provider = Arc::new(ring::default_provider());
    let (mode, checks_chain, checks_name) = match mode {
        "disable" => return Ok((SslMode::Disable, None)),
        "allow" | "prefer" => (SslMode::Prefer, false, false),
        "require" => (SslMode::Require, roots.is_some(), false),
        "verify-ca" => (SslMode::Require, true, false),
        "verify-full" => (SslMode::Require, true, true),
        _ => return Err(tr!("ledger-sslmode", path = named)),
    };
    let verifier = Verifier {
        chain: match checks_chain {
            true => Some(roots_of(roots, &provider, named)?),
            false => None,
        },
        checks_name,
        provider: Arc::clone(&provider),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has the protocols of rustls")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok((mode, Some(Arc::new(config))))
}

/// The certificates that a server's has to come from.
fn roots_of(
    file: Option<&str>,
    provider: &Arc<CryptoProvider>,
    named: &str,
) -> Result<Arc<WebPkiServerVerifier>, String> {
    let file = file.filter(|file| *file != "system");
    let unreadable = |reason: String| match file {
        Some(file) => tr!("ledger-roots", path = named, file, reason),
        None => tr!("ledger-no-roots", path = named),
    };
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(match file {
        Some(file) => {
            let certificates = CertificateDer::pem_file_iter(file);
            let certificates = certificates.map_err(|error| unreadable(error.to_string()))?;
            certificates.filter_map(Result::ok).collect()
        }
        None => rustls_native_certs::load_native_certs().certs,
    });
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
        .build()
        .map_err(|error| unreadable(error.to_string()))
}

/// Checks as much of a server's certificate as the address asks for.
#[derive(Debug)]
struct Verifier {
    provider: Arc<CryptoProvider>,
    /// `None` takes any certificate: the way is encrypted, and whose it is nobody asks.
    chain: Option<Arc<WebPkiServerVerifier>>,
    checks_name: bool,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        use rustls::CertificateError::{NotValidForName, NotValidForNameContext};
        let Some(chain) = &self.chain else {
            return Ok(ServerCertVerified::assertion());
        };
        match chain.verify_server_cert(certificate, between, name, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(
                NotValidForName | NotValidForNameContext { .. },
            )) if !self.checks_name => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Address, String> {
        Address::parse(text, Path::new("DATABASE_URL"))
    }

    #[test]
    fn an_address_is_shown_by_nothing() {
        let address = parse("postgres://someone:secret@db.example.com/ledger");
        let shown = format!("{address:?}");
        for part in ["someone", "secret", "db.example.com", "ledger"] {
            assert!(!shown.contains(part), "{shown}");
        }
    }

    #[test]
    fn tls_is_as_the_address_says() {
        let mode = |text: &str| {
            parse(text).map(|address| (address.config.get_ssl_mode(), address.tls.is_some()))
        };
        let with = |option: &str| mode(&format!("postgresql://a@b/c?sslmode={option}"));
        assert_eq!(mode("postgres://a@b/c"), Ok((SslMode::Prefer, true)));
        assert_eq!(with("disable"), Ok((SslMode::Disable, false)));
        assert_eq!(with("require"), Ok((SslMode::Require, true)));
        let named = |key: &str| Err(tr!(key, path = "DATABASE_URL"));
        assert_eq!(with("required"), named("ledger-sslmode"));
        let roots = with("verify-full&sslrootcert=/nowhere/roots.pem");
        assert!(
            roots.is_err_and(|error| error.contains("/nowhere/roots.pem")),
            "they can't be read"
        );
        assert_eq!(mode("ledger.sqlite3"), named("ledger-address"));
        assert_eq!(mode("postgres://a@b/c?surname=x"), named("ledger-address"));
    }
}
