//! Starting with the person's session, as each system wants to be told: a desktop entry, a launch agent, a
//! value in the registry.

use std::path::PathBuf;

use crate::surroundings;

/// Whether the program starts at login; nothing where this system offers no such thing.
pub fn is_on() -> Option<bool> {
    system::is_on()
}

/// Has it start at login, or no longer.
pub fn set(on: bool) -> std::io::Result<()> {
    if on {
        system::turn_on(&program()?)
    } else {
        system::turn_off()
    }
}

/// What is to be started: of an image that is mounted anew at each start, the image.
fn program() -> std::io::Result<String> {
    let path = match surroundings::variable("APPIMAGE") {
        Some(image) => PathBuf::from(image),
        None => std::env::current_exe()?,
    };
    path.into_os_string()
        .into_string()
        .ok()
        .filter(|path| !path.chars().any(char::is_control))
        .ok_or_else(|| {
            std::io::Error::other("the program lies in a folder whose name cannot be written down")
        })
}

/// Starts without showing the window.
const HIDDEN: &str = "--hidden";

#[cfg(all(unix, not(target_os = "macos")))]
mod system {
    use std::{fs, path::PathBuf};

    use super::HIDDEN;
    use crate::surroundings;

    fn entry() -> Option<PathBuf> {
        Some(surroundings::configuration_folder()?.join("autostart/tallyport.desktop"))
    }

    pub fn is_on() -> Option<bool> {
        let text = fs::read_to_string(entry()?).unwrap_or_default();
        Some(is_on_in(&text))
    }

    /// The tools of a desktop switch an entry off without taking it away.
    fn is_on_in(text: &str) -> bool {
        let has = |line: &str| text.lines().any(|other| other.trim() == line);
        !text.is_empty() && !has("Hidden=true") && !has("X-GNOME-Autostart-enabled=false")
    }

    pub fn turn_on(program: &str) -> std::io::Result<()> {
        let path = entry().ok_or_else(|| std::io::Error::other("there is no home folder"))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, written(program))
    }

    pub fn turn_off() -> std::io::Result<()> {
        match entry().map(fs::remove_file) {
            Some(Err(error)) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn written(program: &str) -> String {
        format!(
            "[Desktop Entry]\nType=Application\nName=Tallyport\n\
             Comment=Syncs bills and watches budgets\nExec={} {HIDDEN}\nIcon=tallyport\n\
             Terminal=false\nX-GNOME-Autostart-enabled=true\n",
            quoted(program)
        )
    }

    /// As the Desktop Entry Specification wants an argument: quoted, its special letters escaped, and once
    /// more as the text of a value; a percent sign would be a field.
    fn quoted(word: &str) -> String {
        let mut quoted = String::from("\"");
        for letter in word.chars() {
            match letter {
                '\\' => quoted.push_str("\\\\\\\\"),
                '"' | '`' | '$' => {
                    quoted.push_str("\\\\");
                    quoted.push(letter);
                }
                '%' => quoted.push_str("%%"),
                other => quoted.push(other),
            }
        }
        quoted.push('"');
        quoted
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn an_entry_starts_the_program_unseen_wherever_it_lies() {
            let text = written("/opt/Tally port/100% \"$HOME\"/tallyport");
            let exec = "Exec=\"/opt/Tally port/100%% \\\\\"\\\\$HOME\\\\\"/tallyport\" --hidden";
            assert!(text.lines().any(|line| line == exec), "{text}");
            assert!(is_on_in(&text));
        }

        #[test]
        fn an_entry_that_the_desktop_switched_off_is_off() {
            let text = written("/usr/bin/tallyport");
            assert!(!is_on_in(&text.replace("enabled=true", "enabled=false")));
            assert!(!is_on_in(&format!("{text}Hidden=true\n")));
            assert!(!is_on_in(""));
        }
    }
}

#[cfg(target_os = "macos")]
mod system {
    use std::{fs, path::PathBuf};

    use super::HIDDEN;
    use crate::surroundings;

    fn agent() -> Option<PathBuf> {
        let home = PathBuf::from(surroundings::variable("HOME")?);
        Some(home.join("Library/LaunchAgents/dev.tallyport.desktop.plist"))
    }

    pub fn is_on() -> Option<bool> {
        Some(agent()?.is_file())
    }

    pub fn turn_on(program: &str) -> std::io::Result<()> {
        let path = agent().ok_or_else(|| std::io::Error::other("there is no home folder"))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let program = program
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
             \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
             <plist version=\"1.0\"><dict><key>Label</key><string>dev.tallyport.desktop</string>\
             <key>ProgramArguments</key><array><string>{program}</string><string>{HIDDEN}</string></array>\
             <key>RunAtLoad</key><true/></dict></plist>\n"
        );
        fs::write(path, text)
    }

    pub fn turn_off() -> std::io::Result<()> {
        match agent().map(fs::remove_file) {
            Some(Err(error)) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(windows)]
mod system {
    use std::process::{Command, Stdio};

    use super::HIDDEN;

    const KEY: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";

    fn registry(words: &[&str]) -> std::io::Result<bool> {
        let status = Command::new("reg")
            .args(words)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        Ok(status.success())
    }

    pub fn is_on() -> Option<bool> {
        registry(&["query", KEY, "/v", "Tallyport"]).ok()
    }

    pub fn turn_on(program: &str) -> std::io::Result<()> {
        let value = format!("\"{program}\" {HIDDEN}");
        match registry(&[
            "add",
            KEY,
            "/v",
            "Tallyport",
            "/t",
            "REG_SZ",
            "/d",
            &value,
            "/f",
        ])? {
            true => Ok(()),
            false => Err(std::io::Error::other("the registry refused it")),
        }
    }

    pub fn turn_off() -> std::io::Result<()> {
        if is_on() == Some(false) {
            return Ok(());
        }
        match registry(&["delete", KEY, "/v", "Tallyport", "/f"])? {
            true => Ok(()),
            false => Err(std::io::Error::other("the registry refused it")),
        }
    }
}
