//! Tells Tauri which commands there are, so that each needs a permission; and keeps `cargo build`
//! working in a clone whose interface has not been built yet.

use std::{fs, path::Path};

/// Every command of the window; `tauri.conf.json` allows each by name.
const COMMANDS: &[&str] = &[
    "api",
    "create",
    "download_files",
    "habits",
    "import_paths",
    "look_ahead",
    "open_workspace",
    "painted",
    "pick_files",
    "pick_folder",
    "pick_uploads",
    "save_file",
    "save_from_door",
    "set_habits",
    "subscribe",
    "unlock",
    "upload_paths",
    "workspace_state",
];

const NO_INTERFACE: &str = "<!doctype html><meta charset=\"utf-8\"><title>Tallyport</title>\
<p>The interface has not been built. Run <code>cargo xtask run</code>, or <code>npm ci &amp;&amp; \
npm run build</code> in <code>ui</code>, then build again.</p>";

fn main() {
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        // A folder that cannot be written is told by Tauri itself, with the path.
        let _ = fs::create_dir_all("ui/dist").and_then(|()| fs::write(page, NO_INTERFACE));
    }
    println!("cargo:rerun-if-changed=ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) =
        tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
    {
        println!("cargo:error={error:#}");
    }
}
