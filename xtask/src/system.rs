//! What the system must have, and how to get it.
//!
//! On Debian and its relatives what is missing is installed, when that may be done without a
//! question: as root, or with a `sudo` that asks for no password. Elsewhere the exact command
//! is printed.

use std::{env, fs, process::Command};

use anyhow::{Result, bail};

use crate::step;

/// One package under the names that systems give it.
struct Need {
    debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
}

const fn need(debian: &'static str, fedora: &'static str, arch: &'static str) -> Need {
    Need {
        debian,
        fedora,
        arch,
    }
}

/// What a habit needs of the system.
pub struct Purpose {
    name: &'static str,
    needs: &'static [&'static [Need]],
    brew: &'static [&'static str],
}

/// To build and run the command line.
pub static COMMAND_LINE: Purpose = Purpose {
    name: "build the command line",
    needs: &[BUILD],
    brew: &["openssl@3", "pkgconf"],
};

/// To build and open the window.
pub static WINDOW: Purpose = Purpose {
    name: "build the window",
    needs: &[BUILD, SHELL],
    brew: &["openssl@3", "pkgconf"],
};

/// To run every test, those in the real window too.
pub static TESTS: Purpose = Purpose {
    name: "run the tests",
    needs: &[BUILD, SHELL, JOURNEYS],
    brew: &["openssl@3", "pkgconf", "poppler", "chromium"],
};

/// To open exported tables in a spreadsheet.
pub static SPREADSHEETS: Purpose = Purpose {
    name: "open tables in LibreOffice",
    needs: &[&[need(
        "libreoffice-calc-nogui",
        "libreoffice-calc",
        "libreoffice-still",
    )]],
    brew: &["libreoffice"],
};

const BUILD: &[Need] = &[
    need("build-essential", "gcc", "base-devel"),
    need("pkg-config", "pkgconf-pkg-config", "pkgconf"),
    // SQLCipher's cryptography.
    need("libssl-dev", "openssl-devel", "openssl"),
];

const SHELL: &[Need] = &[
    need(
        "libwebkit2gtk-4.1-dev",
        "webkit2gtk4.1-devel",
        "webkit2gtk-4.1",
    ),
    need(
        "libayatana-appindicator3-dev",
        "libappindicator-gtk3-devel",
        "libappindicator-gtk3",
    ),
    need("librsvg2-dev", "librsvg2-devel", "librsvg"),
    need("libxdo-dev", "libxdo-devel", "xdotool"),
];

const JOURNEYS: &[Need] = &[
    // The window, driven and looked at.
    need("webkit2gtk-driver", "webkit2gtk4.1-devel", "webkit2gtk-4.1"),
    need("xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    need("openbox", "openbox", "openbox"),
    need("xdotool", "xdotool", "xdotool"),
    need("imagemagick", "ImageMagick", "imagemagick"),
    // A desktop session: a bus, a keychain, a place for popups.
    need("dbus-daemon", "dbus-daemon", "dbus"),
    need("gnome-keyring", "gnome-keyring", "gnome-keyring"),
    need("libsecret-tools", "libsecret", "libsecret"),
    need("dunst", "dunst", "dunst"),
    // A window to drag files out of.
    need("python3-gi", "python3-gobject", "python-gobject"),
    need("gir1.2-gtk-3.0", "gtk3", "gtk3"),
    // The oracles of the tests.
    need("python3-venv", "python3", "python"),
    // The browser journeys, and reading the invoices.
    need("chromium", "chromium", "chromium"),
    need("poppler-utils", "poppler-utils", "poppler"),
    need("fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu"),
    // Signs in to tenants by SFTP.
    need("openssh-client", "openssh-clients", "openssh"),
    // Makes writes and flushes fail.
    need("strace", "strace", "strace"),
];

/// The families of systems that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Debian,
    Fedora,
    Arch,
    Mac,
    Windows,
    Other,
}

/// Makes sure that everything for `purpose` is there, or says exactly what to type.
pub fn ensure(purpose: &Purpose) -> Result<()> {
    match family() {
        Family::Debian => ensure_debian(purpose),
        Family::Fedora => ensure_by(
            purpose,
            |need| need.fedora,
            "rpm",
            &["-q"],
            "sudo dnf install",
        ),
        Family::Arch => ensure_by(
            purpose,
            |need| need.arch,
            "pacman",
            &["-Q"],
            "sudo pacman -S --needed",
        ),
        Family::Mac => ensure_mac(purpose),
        Family::Windows => {
            println!(
                "On Windows this needs the Visual Studio C++ build tools, WebView2 (part of Windows 11) \
                 and OpenSSL:\n  winget install Microsoft.VisualStudio.2022.BuildTools ShiningLight.OpenSSL.Dev\n\
                 Carrying on as if they were there."
            );
            Ok(())
        }
        Family::Other => {
            println!(
                "This system is not known here. To {}, it needs what Debian calls:\n  {}\nCarrying on as if it were there.",
                purpose.name,
                names(purpose, |need| need.debian).join(" ")
            );
            Ok(())
        }
    }
}

fn family() -> Family {
    if cfg!(target_os = "macos") {
        return Family::Mac;
    }
    if cfg!(windows) {
        return Family::Windows;
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    family_named(&release)
}

fn family_named(release: &str) -> Family {
    let kinds: Vec<&str> = release
        .lines()
        .filter_map(|line| {
            line.strip_prefix("ID=")
                .or_else(|| line.strip_prefix("ID_LIKE="))
        })
        .flat_map(|value| value.trim_matches('"').split(' '))
        .collect();
    let is = |name: &str| kinds.contains(&name);
    if is("debian") || is("ubuntu") {
        Family::Debian
    } else if is("fedora") || is("rhel") {
        Family::Fedora
    } else if is("arch") {
        Family::Arch
    } else {
        Family::Other
    }
}

fn names(purpose: &Purpose, of: impl Fn(&Need) -> &'static str) -> Vec<&'static str> {
    let mut all: Vec<&str> = purpose
        .needs
        .iter()
        .flat_map(|group| group.iter())
        .map(of)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn ensure_debian(purpose: &Purpose) -> Result<()> {
    let missing = missing_on_debian(&names(purpose, |need| need.debian));
    if missing.is_empty() {
        return Ok(());
    }
    let Some(mut prefix) = privilege() else {
        bail!(
            "To {}, this system lacks some packages, and they cannot be installed without a \
             password. Type this, then start again:\n\n  sudo apt-get update && sudo apt-get install --yes {}",
            purpose.name,
            missing.join(" ")
        );
    };
    println!(
        "Installing what is missing to {}: {}",
        purpose.name,
        missing.join(" ")
    );
    prefix.push("apt-get");
    let mut update = apt(&prefix);
    update.args(["update", "--quiet"]);
    step::run(update)?;
    let mut install = apt(&prefix);
    install
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(&missing);
    step::run(install)
}

fn apt(prefix: &[&'static str]) -> Command {
    let (program, rest) = prefix
        .split_first()
        .map_or(("apt-get", [].as_slice()), |(a, b)| (*a, b));
    let mut command = Command::new(program);
    command
        .args(rest)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(std::process::Stdio::null());
    command
}

/// What to put before `apt-get`: nothing as root, `sudo` where it asks nothing.
fn privilege() -> Option<Vec<&'static str>> {
    let mut id = Command::new("id");
    id.arg("-u");
    if step::answer(id).is_some_and(|answer| answer.trim() == "0") {
        return Some(Vec::new());
    }
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", "true"]);
    step::answer(sudo).map(|_| vec!["sudo", "-n"])
}

fn missing_on_debian(wanted: &[&'static str]) -> Vec<&'static str> {
    // One question for all; dpkg-query fails when one of them is unknown but answers for the rest.
    let output = Command::new("dpkg-query")
        .args(["-W", "-f=${db:Status-Status} ${Package}\n"])
        .args(wanted)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let installed: Vec<&str> = output
        .lines()
        .filter_map(|line| line.strip_prefix("installed "))
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|package| !installed.contains(package))
        .collect()
}

fn ensure_by(
    purpose: &Purpose,
    of: impl Fn(&Need) -> &'static str,
    asks: &str,
    question: &[&str],
    install: &str,
) -> Result<()> {
    let missing: Vec<&str> = names(purpose, of)
        .into_iter()
        .filter(|package| {
            let mut command = Command::new(asks);
            command.args(question).arg(package);
            step::answer(command).is_none()
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "To {}, type this, then start again:\n\n  {install} {}",
        purpose.name,
        missing.join(" ")
    )
}

fn ensure_mac(purpose: &Purpose) -> Result<()> {
    let mut tools = Command::new("xcode-select");
    tools.arg("-p");
    if step::answer(tools).is_none() {
        bail!("Install Apple's command line tools, then start again:\n\n  xcode-select --install");
    }
    let missing: Vec<&str> = purpose
        .brew
        .iter()
        .copied()
        .filter(|package| {
            let mut command = Command::new("brew");
            command.args(["list", package]);
            step::answer(command).is_none()
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "To {}, type this, then start again:\n\n  brew install {}",
        purpose.name,
        missing.join(" ")
    )
}

/// Whether there is a screen to open a window on.
pub fn has_display() -> bool {
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relatives_are_treated_as_the_system_they_come_from() {
        assert_eq!(family_named("ID=debian\nVERSION_ID=\"12\""), Family::Debian);
        assert_eq!(
            family_named("ID=linuxmint\nID_LIKE=\"ubuntu debian\""),
            Family::Debian
        );
        assert_eq!(
            family_named("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\""),
            Family::Fedora
        );
        assert_eq!(family_named("ID=endeavouros\nID_LIKE=arch"), Family::Arch);
        assert_eq!(family_named("ID=plan9"), Family::Other);
    }

    #[test]
    fn the_tests_need_all_that_the_window_needs() {
        let window = names(&WINDOW, |need| need.debian);
        let tests = names(&TESTS, |need| need.debian);
        assert!(window.iter().all(|package| tests.contains(package)));
    }
}
