//! Where things lie: the repository, what was built, and what may be kept between runs.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

/// The paths every habit needs.
pub struct House {
    root: PathBuf,
    target: PathBuf,
    cache: PathBuf,
}

impl House {
    /// Cargo says where this package lies; the repository is the folder above it.
    pub fn find() -> Result<Self> {
        let own = env::var_os("CARGO_MANIFEST_DIR").context("start this as `cargo xtask …`")?;
        let root = PathBuf::from(own)
            .parent()
            .context("xtask lies inside the repository")?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        let cache = env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
            .unwrap_or_else(|| target.clone())
            .join("tallyport");
        Ok(Self {
            root,
            target,
            cache,
        })
    }

    /// The repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The interface.
    pub fn interface(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// What is worth keeping between runs and clones: tools and generated bills.
    pub fn cache(&self, name: &str) -> PathBuf {
        self.cache.join(name)
    }

    /// A folder for what a run leaves behind.
    pub fn output(&self, name: &str) -> PathBuf {
        self.root.join("target").join(name)
    }

    /// A program built in the development profile.
    pub fn built(&self, program: &str) -> PathBuf {
        self.in_profile("debug", program)
    }

    /// A program built in the release profile.
    pub fn released(&self, program: &str) -> PathBuf {
        self.in_profile("release", program)
    }

    /// An example built in the release profile.
    pub fn released_example(&self, example: &str) -> PathBuf {
        self.in_profile("release/examples", example)
    }

    fn in_profile(&self, profile: &str, program: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(format!("{program}{}", env::consts::EXE_SUFFIX))
    }

    /// A command that starts in the repository and waits for nobody to type.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .stdin(std::process::Stdio::null());
        command
    }

    /// Cargo, the one that runs this.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command =
            self.command(env::var_os("CARGO").unwrap_or_else(|| std::ffi::OsString::from("cargo")));
        command.args(arguments);
        command
    }

    /// npm in the interface's folder.
    pub fn npm(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command
            .args(arguments)
            .current_dir(self.interface())
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .env("NPM_CONFIG_FUND", "false")
            .env("NPM_CONFIG_AUDIT", "false")
            .env("NPM_CONFIG_UPDATE_NOTIFIER", "false");
        command
    }
}
