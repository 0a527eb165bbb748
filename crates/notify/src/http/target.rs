//! Where an address leads, looked up once: what was checked is what is connected to, so that a name
//! cannot lead elsewhere a moment later.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::{Secret, SendError};

/// How long a name may take to be looked up.
const LOOK_UP: Duration = Duration::from_secs(5);

/// An address that may be posted to.
#[derive(Debug)]
pub(crate) struct Target {
    pub url: Url,
    /// Its host, for people.
    pub host: String,
    addresses: Arc<[SocketAddr]>,
}

impl Target {
    /// Checks an address and looks up where it leads.
    pub async fn find(address: &Secret, allow_private: bool) -> Result<Self, SendError> {
        let (url, host, port) = read(address)?;
        let addresses = look_up(&host, port).await?;
        for address in addresses.iter() {
            let of = place_of(address.ip());
            if of == Place::Never || (of == Place::Private && !allow_private) {
                return Err(SendError::PrivateTarget {
                    host,
                    address: address.ip(),
                });
            }
            // In clear over the internet everybody on the way could read it.
            if url.scheme() == "http" && of == Place::Internet {
                return Err(unusable("does not begin with https://"));
            }
        }
        Ok(Self {
            url,
            host,
            addresses,
        })
    }

    /// Answers the addresses that were checked, whatever it is asked for.
    pub fn resolver(&self) -> Checked {
        Checked(Arc::clone(&self.addresses))
    }
}

/// The host of a webhook's address, which may be shown where the address may not.
///
/// # Errors
/// The address cannot be posted to, wherever it leads.
pub fn host_of(address: &Secret) -> Result<String, SendError> {
    read(address).map(|(_, host, _)| host)
}

fn unusable(why: &str) -> SendError {
    SendError::Unusable(format!("the channel's address {why}"))
}

fn read(address: &Secret) -> Result<(Url, String, u16), SendError> {
    let url = Url::parse(address.reveal().trim()).map_err(|_| unusable("is not a URL"))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(unusable("does not begin with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(unusable("holds a user name or a password"));
    }
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return Err(unusable("names no host"));
    };
    let host = host.trim_matches(['[', ']']).to_owned();
    Ok((url, host, port))
}

async fn look_up(host: &str, port: u16) -> Result<Arc<[SocketAddr]>, SendError> {
    let unknown = |why: String| SendError::Unreachable {
        place: host.to_owned(),
        why,
    };
    let found = tokio::time::timeout(LOOK_UP, tokio::net::lookup_host((host, port)))
        .await
        .map_err(|_| SendError::TimedOut {
            place: format!("the name server asked for {host}"),
        })?
        .map_err(|_| unknown("there is no such host".to_owned()))?;
    let found: Arc<[SocketAddr]> = found.collect();
    if found.is_empty() {
        return Err(unknown("it has no address".to_owned()));
    }
    Ok(found)
}

/// The addresses that were checked.
#[derive(Debug, Clone)]
pub(crate) struct Checked(Arc<[SocketAddr]>);

impl Resolve for Checked {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.iter().copied().collect::<Vec<_>>().into_iter());
        Box::pin(async move { Ok(addresses) })
    }
}

/// Where an address lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Anybody can reach it.
    Internet,
    /// This computer, an office, a cloud's inside.
    Private,
    /// Nobody's webhook: many at once, none, or the credentials of a cloud machine.
    Never,
}

/// Where AWS and others hand out credentials to whoever asks from inside.
const METADATA: [IpAddr; 3] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 2)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
];

fn place_of(address: IpAddr) -> Place {
    if METADATA.contains(&address) {
        return Place::Never;
    }
    match address {
        IpAddr::V4(address) => place_of_v4(address),
        IpAddr::V6(address) => place_of_v6(address),
    }
}

/// By the registry of special-purpose addresses (RFC 6890 and what IANA added).
fn place_of_v4(address: Ipv4Addr) -> Place {
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        (224..=239, ..) | (0, 0, 0) | (255, 255, 255) => Place::Never,
        (0 | 10 | 127 | 240..=255, ..)
        | (100, 64..=127, _)
        | (169, 254, _)
        | (172, 16..=31, _)
        | (192, 168, _)
        | (192, 0, 0 | 2)
        | (192, 88, 99)
        | (198, 18..=19, _)
        | (198, 51, 100)
        | (203, 0, 113) => Place::Private,
        _ => Place::Internet,
    }
}

fn place_of_v6(address: Ipv6Addr) -> Place {
    if let Some(inner) = within(address) {
        return match place_of(IpAddr::V4(inner)) {
            // The way there leads through a translator all the same.
            Place::Internet if address.segments()[0] == 0x64 => Place::Internet,
            other => other,
        };
    }
    if address.is_unspecified() || address.is_multicast() {
        return Place::Never;
    }
    // What is given out is 2000::/3; of it documentation and protocol tests are nobody's.
    match address.segments() {
        [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] | [0x2001, 0..=0x01ff, ..] => {
            Place::Private
        }
        [0x2000..=0x3fff, ..] => Place::Internet,
        _ => Place::Private,
    }
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, translated (NAT64), 6to4.
fn within(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Some(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b, c, d, e, f) {
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => v4(g, h),
        (0, 0, 0, 0, 0, 0) if (g, h) != (0, 0) && (g, h) != (0, 1) => v4(g, h),
        (0x2002, ..) => v4(b, c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_taken_for_such() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.1.1",
            "100.64.0.1",
            "0.1.2.3",
            "198.18.0.1",
            "240.0.0.1",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::9",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "100::1",
        ] {
            assert_eq!(
                place_of(private.parse().unwrap()),
                Place::Private,
                "{private}"
            );
        }
        for never in [
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "169.254.170.2",
            "fd00:ec2::254",
            "224.0.0.1",
            "255.255.255.255",
            "0.0.0.0",
            "::",
            "ff02::1",
        ] {
            assert_eq!(place_of(never.parse().unwrap()), Place::Never, "{never}");
        }
        for open in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert_eq!(place_of(open.parse().unwrap()), Place::Internet, "{open}");
        }
    }

    #[tokio::test]
    async fn an_address_in_any_spelling_is_refused_if_it_leads_inside() {
        for spelling in [
            "https://127.0.0.1/x",
            "https://localhost/x",
            "https://2130706433/x",
            "https://0x7f.1/x",
            "https://0177.0.0.1/x",
            "https://[::1]/x",
            "https://[::ffff:127.0.0.1]/x",
            "https://127.1/x",
        ] {
            let found = Target::find(&Secret::new(spelling.to_owned()), false).await;
            assert!(
                matches!(found, Err(SendError::PrivateTarget { .. })),
                "{spelling}: {found:?}"
            );
        }
        let metadata = Secret::new("http://169.254.169.254/latest".to_owned());
        assert!(
            matches!(
                Target::find(&metadata, true).await,
                Err(SendError::PrivateTarget { .. })
            ),
            "not even where private addresses are allowed"
        );
    }

    #[tokio::test]
    async fn an_address_that_cannot_be_one_is_refused_without_repeating_it() {
        for address in [
            "ftp://1.1.1.1/x",
            "https://canary:canary@1.1.1.1/",
            "canary",
            "http://1.1.1.1/canary",
            "file:///canary",
        ] {
            let refused = Target::find(&Secret::new(address.to_owned()), true)
                .await
                .unwrap_err();
            assert!(refused.is_lasting(), "{refused:?}");
            assert!(!refused.to_string().contains("/canary"), "{refused}");
        }
    }
}
