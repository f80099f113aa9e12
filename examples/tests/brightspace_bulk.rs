//! Runs the program `brightspace-bulk` as its callers do.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use folder::folder;
use serde_json::{Value, json};
use support::{program, texts};

const TYPE_1: &str =
    "LoadType=Package\n// two\n2,\"\\\\srv\\in\\a.zip\"\n\n2,\"\\\\srv\\in\\b.zip\"\n";
const TYPE_2: &str = "LoadType=XMLMetadata\n3,\"\\\\srv\\in\\a.gif\",\"\\\\srv\\meta\\a.xml\"\n";
const TYPE_3: &str = "LoadType=CSVMetadata\n\
    // A knot\n\
    27,\"\\\\srv\\in\\knot.svg\",\"L'arte dei nodi\",\"How to tie it\",\"knots\",\"Author\",\"Ada\",\"Vik\",\"image/svg+xml\"\n\
    28,\"\\\\srv\\other\\Knot.png\",'\"Two\" half hitches',,,,,,\n";

/// Runs the program in a folder: exit code, standard output, standard error. It never leaves a file that
/// is not ready.
fn bulk(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = program("brightspace-bulk").current_dir(folder).args(args).output();
    let said = texts(output.expect("`cargo test -p examples` builds the program first"));
    let left = names(folder)
        .into_iter()
        .find(|name| Path::new(name).extension().is_some_and(|ending| ending == "part"));
    assert_eq!(left, None, "{args:?}");
    said
}

/// What the program prints, in a run that ends with `code`.
fn printed(folder: &Path, code: i32, args: &[&str]) -> Value {
    let (ended, out, err) = bulk(folder, args);
    assert_eq!(ended, code, "{args:?}\n{out}\n{err}");
    serde_json::from_str(&out).expect("a JSON document")
}

/// What the program complains of when nothing can be done: nothing is printed, no file comes or changes.
fn refused(folder: &Path, args: &[&str]) -> String {
    let before = contents(folder);
    let (code, out, err) = bulk(folder, args);
    assert_eq!((code, out.as_str()), (2, ""), "{args:?}\n{err}");
    assert_eq!(contents(folder), before, "{args:?}");
    err
}

/// All that is in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names = Vec::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        names.push(path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned());
        if path.is_dir() {
            let inner = self::names(&path);
            let name = names[names.len() - 1].clone();
            names.extend(inner.into_iter().map(|inner| format!("{name}/{inner}")));
        }
    }
    names.sort();
    names
}

fn contents(folder: &Path) -> Vec<(String, Option<Vec<u8>>)> {
    let names = names(folder).into_iter();
    names.map(|name| (name.clone(), fs::read(folder.join(name)).ok())).collect()
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("it is there")
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/brightspace-bulk")
}

fn keys(record: &Value) -> Vec<&str> {
    record.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn records_have_the_members_of_their_type() {
    let files = [("1.txt", TYPE_1), ("2.txt", TYPE_2), ("3.txt", TYPE_3)];
    let folder = folder("bulk-members", &files);
    let report = printed(&folder, 0, &["to-json", "1.txt"]);
    let records = json!([
        {"line": 3, "repository_id": 2, "path": r"\\srv\in\a.zip"},
        {"line": 5, "repository_id": 2, "path": r"\\srv\in\b.zip"},
    ]);
    assert_eq!(report, json!({"version": 1, "load_type": "Package", "records": records}));

    let report = printed(&folder, 0, &["to-json", "2.txt"]);
    let record = json!({"line": 2, "repository_id": 3, "path": r"\\srv\in\a.gif",
                        "metadata_path": r"\\srv\meta\a.xml"});
    assert_eq!(report, json!({"version": 1, "load_type": "XMLMetadata", "records": [record]}));

    let report = printed(&folder, 0, &["to-json", "3.txt"]);
    assert_eq!(report["load_type"], "CSVMetadata");
    let first = json!({
        "line": 3, "repository_id": 27, "path": r"\\srv\in\knot.svg", "title": "L'arte dei nodi",
        "description": "How to tie it", "keyword": "knots", "role": "Author", "first_name": "Ada",
        "last_name": "Vik", "format": "image/svg+xml",
    });
    assert_eq!(report["records"][0], first);
    let second = &report["records"][1];
    assert_eq!((&second["title"], &second["line"]), (&"\"Two\" half hitches".into(), &4.into()));
    assert_eq!(keys(second), keys(&first), "empty values are given too");
}

#[test]
fn members_stand_in_the_order_of_the_fields() {
    let folder = folder("bulk-order", &[("3.txt", TYPE_3)]);
    let (_, out, _) = bulk(&folder, &["to-json", "3.txt"]);
    let order = [
        "version",
        "load_type",
        "records",
        "line",
        "repository_id",
        "path",
        "title",
        "description",
        "keyword",
        "role",
        "first_name",
        "last_name",
        "format",
    ];
    let places: Vec<_> = order.map(|name| out.find(&format!("\"{name}\":"))).into();
    assert!(places.is_sorted() && places[0].is_some(), "{out}");
}

#[test]
fn a_record_on_two_lines_is_one() {
    let wrapped = TYPE_3.replace("\"knots\",", "\"knots\",\n");
    let folder = folder("bulk-wrapped", &[("3.txt", &wrapped)]);
    let report = printed(&folder, 0, &["to-json", "3.txt"]);
    let records = report["records"].as_array().expect("a list");
    let lines: Vec<_> = records.iter().map(|record| record["line"].as_u64()).collect();
    assert_eq!(lines, [Some(3), Some(5)]);
    assert_eq!(records[0]["role"], "Author");
}

#[test]
fn what_is_wrong_is_said_and_the_rest_is_read() {
    let files = [
        ("id.txt", "LoadType=Package\n0,\"\\\\srv\\a.zip\"\n\"7\",\"\\\\srv\\b.zip\",more\n"),
        ("none.txt", "2,\"\\\\srv\\a.zip\",\"t\"\n"),
        ("warned.txt", "loadtype=Package\n2,\"\\\\srv\\a.zip\"\n"),
        ("empty.txt", ""),
    ];
    let folder = folder("bulk-wrong", &files);
    let report = printed(&folder, 1, &["to-json", "id.txt"]);
    let records = json!([
        {"line": 2, "repository_id": "0", "path": r"\\srv\a.zip"},
        {"line": 3, "repository_id": 7, "path": r"\\srv\b.zip", "extra": ["more"]},
    ]);
    assert_eq!(report["records"], records);
    let (_, _, err) = bulk(&folder, &["to-json", "id.txt"]);
    assert!(err.contains("id.txt:2:1: error[BR-R01 repository-id]: `0` is no repo"), "{err}");

    let report = printed(&folder, 1, &["to-json", "none.txt"]);
    assert!(report["load_type"].is_null());
    assert_eq!(report["records"][0]["path"], r"\\srv\a.zip");
    assert_eq!(printed(&folder, 1, &["to-json", "empty.txt"])["records"], json!([]));

    let (code, _, err) = bulk(&folder, &["to-json", "warned.txt"]);
    assert!(code == 0 && err.contains(" warning[BR-F06 "), "{err}");
}

#[test]
fn typographic_quotes_are_taken_for_quotes_where_that_is_asked_for() {
    let typographic = "LoadType=CSVMetadata\n2,“\\\\srv\\a.gif”,“One, two”,,,,,,\n";
    let folder = folder("bulk-typographic", &[("a.txt", typographic)]);
    let report = printed(&folder, 0, &["to-json", "--straighten-quotes", "a.txt"]);
    assert_eq!(report["records"][0]["title"], "One, two");
    let args = ["rewrite", "--straighten-quotes", "a.txt", "--out", "b.txt"];
    assert_eq!(bulk(&folder, &args).0, 0);
    let straight = "LoadType=CSVMetadata\n2,\"\\\\srv\\a.gif\",\"One, two\",,,,,,\n";
    assert_eq!(text(&folder, "b.txt"), straight);
}

#[test]
fn a_file_in_canonical_form() {
    let loose =
        "loadtype = csvmetadata\n\n// First\n  27 , \\\\srv\\a.gif , 'plain' ,, b ,,,,\n// End\n";
    let straight = "LoadType=CSVMetadata\n// First\n\
                    27,\"\\\\srv\\a.gif\",\"plain\",,\"b\",,,,\n// End\n";
    for (name, end) in [("lf", "\n"), ("crlf", "\r\n")] {
        let (loose, straight) = (loose.replace('\n', end), straight.replace('\n', end));
        let folder = folder(&format!("bulk-canonical-{name}"), &[("a.txt", &loose)]);
        let (code, out, _) = bulk(&folder, &["rewrite", "a.txt", "--out", "b.txt"]);
        assert_eq!((code, out.as_str()), (0, ""));
        assert_eq!(text(&folder, "a.txt"), loose, "what was read stays as it is");
        assert_eq!(text(&folder, "b.txt"), straight);
        // In place, and again: nothing changes any more.
        for _ in 0..2 {
            assert_eq!(bulk(&folder, &["rewrite", "a.txt", "--out", "a.txt"]).0, 0);
            assert_eq!(text(&folder, "a.txt"), straight);
        }
        let records = |name| printed(&folder, 0, &["to-json", name])["records"].take();
        assert_eq!(records("a.txt"), records("b.txt"));
        assert_eq!(names(&folder), ["a.txt", "b.txt"]);
    }
}

#[test]
fn what_would_be_lost_is_not_written() {
    let damaged = "LoadType=CSVMetadata\n2,\"\\\\srv\\a.gif\",\"a \"b\" c\",,,,,,\n";
    let both = "LoadType=CSVMetadata\n2,\"\\\\srv\\a.gif\",Say \"don't\",,,,,,\n";
    let many = "LoadType=Package\n2,\"\\\\srv\\a.zip\",\"t\"\n";
    let files = [
        ("damaged.txt", damaged),
        ("both.txt", both),
        ("many.txt", many),
        ("none.txt", "2,\"\\\\srv\\a.zip\"\n"),
        ("old.txt", "old"),
    ];
    let folder = folder("bulk-lost", &files);
    for (name, said) in [
        ("damaged.txt", "line 2: the quotes around a value are damaged"),
        ("both.txt", "line 2: the title cannot be written: it holds both kinds of quote"),
        ("many.txt", "line 2: there are too many fields"),
        ("none.txt", "the load type is not known"),
    ] {
        for out in ["new.txt", "old.txt", name] {
            let err = refused(&folder, &["rewrite", name, "--out", out]);
            assert!(err.contains(said) && err.ends_with("; nothing was written\n"), "{err}");
        }
    }
}

#[test]
fn places_that_cannot_be_written() {
    let files = [("1.txt", TYPE_1), ("2.txt", TYPE_2), ("3.txt", TYPE_3), ("sub/x", "")];
    let folder = folder("bulk-unwritable", &files);
    let err = refused(&folder, &["rewrite", "1.txt", "--out", "sub"]);
    assert!(err.contains("sub: it is a folder; nothing was written"), "{err}");
    let err = refused(&folder, &["rewrite", "1.txt", "--out", "no/such/b.txt"]);
    assert!(err.contains("no/such/b.txt: its folder does not exist"), "{err}");
    let err = refused(&folder, &["to-xml", "3.txt", "--out", "1.txt"]);
    assert!(err.contains("1.txt is no folder"), "{err}");
    for command in ["to-json", "rewrite", "to-xml", "from-xml"] {
        let out: &[&str] = if command == "to-json" { &[] } else { &["--out", "new"] };
        for (config, said) in [("gone.txt", "gone.txt: No such file"), ("sub", "sub: ")] {
            let err = refused(&folder, &[&[command, config], out].concat());
            assert!(err.contains(said), "{err}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_rights_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder("bulk-link", &[("real/1.txt", TYPE_1)]);
    std::os::unix::fs::symlink("real/1.txt", folder.join("1.txt")).expect("a link");
    let rights = fs::Permissions::from_mode(0o640);
    fs::set_permissions(folder.join("real/1.txt"), rights).expect("our own file");
    assert_eq!(bulk(&folder, &["rewrite", "1.txt", "--out", "1.txt"]).0, 0);
    assert!(folder.join("1.txt").is_symlink());
    let metadata = fs::metadata(folder.join("real/1.txt")).expect("it is there");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    assert!(!text(&folder, "real/1.txt").contains("\n\n"));
    // Not a file to be replaced.
    let err = refused(&folder, &["rewrite", "1.txt", "--out", "/dev/null"]);
    assert!(err.contains("/dev/null: it is no file"), "{err}");

    fs::set_permissions(folder.join("real/1.txt"), fs::Permissions::from_mode(0o440))
        .expect("our own file");
    let err = refused(&folder, &["rewrite", "1.txt", "--out", "1.txt"]);
    assert!(err.contains("1.txt: it may only be read"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_need_not_be_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder("bulk-names", &[]);
    let name = OsStr::from_bytes(b"t\xE4st.txt");
    fs::write(folder.join(name), TYPE_3).expect("a file");
    let run = |args: &[&OsStr]| {
        let output = program("brightspace-bulk").current_dir(&folder).args(args).output();
        texts(output.expect("the program starts")).0
    };
    assert_eq!(run(&["to-json".as_ref(), name]), 0);
    assert_eq!(run(&["rewrite".as_ref(), name, "--out".as_ref(), name]), 0);
    assert_eq!(run(&["to-xml".as_ref(), name, "--out".as_ref(), "up".as_ref()]), 0);
    assert!(folder.join("up").join(name).is_file());
}

#[test]
fn a_file_of_type_3_becomes_one_of_type_2() {
    let folder = folder("bulk-to-xml", &[("3.txt", TYPE_3)]);
    for (out, prefix) in [("a/b", r"\\srv\meta"), ("c", r"\\srv\meta\")] {
        let args = ["to-xml", "3.txt", "--out", out, "--metadata-prefix", prefix];
        let report = printed(&folder, 0, &args);
        let setup = Path::new(out).join("3.txt");
        assert_eq!(report["setup"].as_str().map(Path::new), Some(&*setup));
        let metadata = json!([
            {"line": 3, "file": "knot.xml", "metadata_path": r"\\srv\meta\knot.xml"},
            {"line": 4, "file": "Knot-2.xml", "metadata_path": r"\\srv\meta\Knot-2.xml"},
        ]);
        assert_eq!((&report["version"], &report["metadata"]), (&1.into(), &metadata));
        let out = folder.join(out);
        assert_eq!(names(&out), ["3.txt", "Knot-2.xml", "knot.xml"]);
        assert_eq!(
            text(&out, "3.txt"),
            "LoadType=XMLMetadata\n// A knot\n\
             27,\"\\\\srv\\in\\knot.svg\",\"\\\\srv\\meta\\knot.xml\"\n\
             28,\"\\\\srv\\other\\Knot.png\",\"\\\\srv\\meta\\Knot-2.xml\"\n"
        );
        let xml = text(&out, "knot.xml");
        assert!(xml.contains("<title><langstring>L'arte dei nodi</langstring></title>"), "{xml}");
        assert!(xml.contains("N:Vik;Ada"), "{xml}");
        assert!(!text(&out, "Knot-2.xml").contains("contribute"));
    }
}

#[test]
fn without_a_prefix_metadata_lie_beside_their_assets() {
    let folder = folder("bulk-prefix", &[("3.txt", TYPE_3)]);
    let report = printed(&folder, 0, &["to-xml", "3.txt", "--out", "up", "--lang", "it"]);
    let paths = report["metadata"].as_array().expect("a list").iter();
    let paths: Vec<_> = paths.map(|written| written["metadata_path"].as_str()).collect();
    assert_eq!(paths, [Some(r"\\srv\in\knot.xml"), Some(r"\\srv\other\Knot-2.xml")]);
    assert!(text(&folder, "up/knot.xml").contains("<langstring xml:lang=\"it\">L'arte dei nodi"));
}

#[test]
fn metadata_go_over_nothing_and_are_all_there_or_none() {
    let bad_id = TYPE_3.replace("28,", "zwei,");
    let control = TYPE_3.replace("half", "half\u{1}");
    let files = [
        ("1.txt", TYPE_1),
        ("2.txt", TYPE_2),
        ("3.txt", TYPE_3),
        ("id.txt", &*bad_id),
        ("control.txt", &*control),
        ("up/Knot-2.xml", "mine"),
        ("set/3.txt", "mine"),
        ("none.txt", ""),
    ];
    let folder = folder("bulk-none", &files);
    for out in ["up", "set", "."] {
        let err = refused(&folder, &["to-xml", "3.txt", "--out", out]);
        assert!(err.contains(" is there already; nothing was written"), "{err}");
    }
    for (config, said) in [
        ("1.txt", "only a file of type 3 (CSVMetadata) has metadata to convert"),
        ("2.txt", "only a file of type 3 (CSVMetadata) has metadata to convert"),
        ("id.txt", "line 4: the repository id is no positive number"),
        ("control.txt", "line 4: "),
        ("none.txt", "the load type is not known"),
    ] {
        let err = refused(&folder, &["to-xml", config, "--out", "new/folder"]);
        assert!(err.contains(said), "{err}");
    }
}

#[test]
fn there_and_back() {
    let faulty = "LoadType=CSVMetadata\r\n2,\"\\\\srv\\a.gif\",\"One <b> & 'two'\",,\"ü\",\"Composer\",\"Ann, B.\",\"O;C\\D\",\"x\"\r\n";
    for (name, config) in [
        ("own", text(&data(), "type3.txt")),
        ("small", TYPE_3.to_owned()),
        ("odd", faulty.to_owned()),
    ] {
        let folder = folder(&format!("bulk-back-{name}"), &[("3.txt", &config)]);
        let prefix = ["--metadata-prefix", r"\\SRV\Meta Data"];
        printed(&folder, 0, &[&["to-xml", "3.txt", "--out", "up"], &prefix[..]].concat());
        // By the map, in whatever letter case, and beside the setup file.
        let map = ["from-xml", "up/3.txt", "--out", "a.txt", "--map", r"//srv/META data/=up"];
        for args in [&map[..], &["from-xml", "up/3.txt", "--out", "b.txt"]] {
            let report = printed(&folder, 0, args);
            assert_eq!(report["losses"], json!([]));
        }
        let records = |name| {
            let mut records = printed(&folder, 0, &["to-json", name])["records"].take();
            for record in records.as_array_mut().expect("a list") {
                // A blank line of the first file is not written again.
                record["line"].take();
            }
            records
        };
        assert_eq!(records("a.txt"), records("3.txt"));
        assert_eq!(text(&folder, "a.txt"), text(&folder, "b.txt"));
        assert_eq!(text(&folder, "a.txt").contains("\r\n"), config.contains("\r\n"));
    }
}

#[test]
fn what_has_no_place_in_a_setup_file_is_listed() {
    let folder = folder("bulk-losses", &[]);
    let data = data();
    let map = format!("{}={}", r"\\filer\lor", data.display());
    let config = data.join("type2.txt");
    let config = config.to_str().expect("text");
    let args = ["from-xml", config, "--out", "3.txt", "--map", &map];
    let report = printed(&folder, 0, &args);
    assert_eq!((&report["version"], &report["records"]), (&1.into(), &2.into()));
    let losses = report["losses"].as_array().expect("a list");
    for loss in losses {
        assert_eq!(keys(loss), ["line", "metadata_path", "path", "reason"]);
        assert_eq!(loss["line"], 3);
        assert_eq!(loss["metadata_path"], r"\\filer\lor\metadata\harbour-walk.xml");
    }
    let paths: Vec<_> = losses.iter().filter_map(|loss| loss["path"].as_str()).collect();
    assert!(paths.contains(&"general/keyword[2]"), "{paths:?}");
    let (_, _, err) = bulk(&folder, &args);
    assert!(err.contains("line 3: `general/keyword[2]` is lost: a record holds one only"), "{err}");
    assert!(text(&folder, "3.txt").contains("\"A walk through the harbour\""));

    let dutch = [&args[..], &["--lang", "nl"]].concat();
    printed(&folder, 0, &dutch);
    assert!(text(&folder, "3.txt").contains("\"Een wandeling door de haven\""));
}

const LOM: &str = "<lom xmlns=\"http://www.imsglobal.org/xsd/imsmd_rootv1p2p1\"><general><title>\
    <langstring>TITLE</langstring></title></general></lom>";

#[test]
fn metadata_that_cannot_be_taken_over() {
    let say = LOM.replace("TITLE", "Say \"don't\"");
    let files = [
        ("2.txt", TYPE_2),
        ("say/a.xml", &*say),
        ("no/a.xml", "text"),
        ("gone/b", ""),
        ("3.txt", TYPE_3),
        ("old.txt", "old"),
    ];
    let folder = folder("bulk-refused", &files);
    for (at, said) in [
        ("say", "line 2: the title cannot be written: it holds both kinds of quote"),
        ("no", "holds no metadata"),
        ("gone", "No such file"),
    ] {
        for out in ["new.txt", "old.txt"] {
            let map = format!(r"\\srv\meta={at}");
            let err = refused(&folder, &["from-xml", "2.txt", "--out", out, "--map", &map]);
            assert!(err.contains(said) && err.contains("line 2: "), "{at}: {err}");
        }
    }
    let err = refused(&folder, &["from-xml", "2.txt", "--out", "new.txt"]);
    assert!(err.contains("`a.xml` is not beside the setup file; say with --map"), "{err}");
    let map = ["--map", r"\\other=say"];
    let err = refused(&folder, &[&["from-xml", "2.txt", "--out", "new.txt"], &map[..]].concat());
    assert!(err.contains(r"no --map says where `\\srv\meta\a.xml` is"), "{err}");
    let err = refused(&folder, &["from-xml", "3.txt", "--out", "new.txt"]);
    assert!(err.contains("only a file of type 2 (XMLMetadata) names metadata files"), "{err}");
}

#[test]
fn a_line_break_becomes_a_blank_and_a_loss() {
    let lines = LOM.replace("TITLE", "one&#10;two");
    let folder = folder("bulk-breaks", &[("2.txt", TYPE_2), ("a.xml", &lines)]);
    let report = printed(&folder, 0, &["from-xml", "2.txt", "--out", "3.txt"]);
    assert_eq!(report["losses"][0]["path"], "general/title");
    assert!(text(&folder, "3.txt").contains(",\"one two\",,,,,,\n"));
}

#[test]
fn errors_in_the_metadata_are_said_and_counted() {
    let files = [("2.txt", TYPE_2), ("A.XML", &*LOM.replace("TITLE", "Tides & currents"))];
    let folder = folder("bulk-repaired", &files);
    // Beside the setup file a name is found in any letter case, as on the server.
    let args = ["from-xml", "2.txt", "--out", "3.txt"];
    let report = printed(&folder, 1, &args);
    assert_eq!(report["records"], 1);
    assert!(bulk(&folder, &args).2.contains("A.XML:1:"));
    assert!(text(&folder, "3.txt").contains("\"Tides & currents\""));
}

#[test]
fn a_metadata_path_does_not_lead_out_of_its_folder() {
    let upwards = TYPE_2.replace(r"meta\a.xml", r"meta\..\secret.xml");
    let files = [("2.txt", &*upwards), ("in/a", ""), ("secret.xml", LOM)];
    let folder = folder("bulk-upwards", &files);
    let args = ["from-xml", "2.txt", "--out", "3.txt", "--map", r"\\srv\meta=in"];
    assert!(refused(&folder, &args).contains("no --map says where"));
}

#[test]
fn wrong_usage() {
    let folder = folder("bulk-usage", &[("3.txt", TYPE_3), ("2.txt", TYPE_2)]);
    let from = |map| ["from-xml", "2.txt", "--out", "x.txt", "--map", map];
    for (args, said) in [
        (&[][..], "Usage: "),
        (&["to-xml", "3.txt"], "--out"),
        (&["rewrite", "3.txt"], "--out"),
        (&["to-json"], "<CONFIG>"),
        (&["nonsense"], "nonsense"),
        (&from(r"\\srv"), "write PREFIX=DIR, such as"),
        (&from("=x"), "neither PREFIX nor DIR may be empty"),
        (&from(r"\\srv=missing"), "`missing` is no folder"),
    ] {
        let err = refused(&folder, args);
        assert!(err.contains(said), "{args:?}: {err}");
    }
    let (code, out, err) = bulk(&folder, &["--help"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.contains("Example:\n  cargo run --release --example brightspace-bulk -- "),
        "{out}"
    );
}

#[test]
fn the_example_of_the_help_text() {
    let folder = folder("bulk-example", &[]);
    let config = data().join("type3.txt");
    let config = config.to_str().expect("text");
    let prefix = r"\\filer\lor\metadata";
    let args = ["to-xml", config, "--out", "upload", "--metadata-prefix", prefix];
    printed(&folder, 0, &args);
    let files = ["bowline.xml", "ebb-tide.xml", "fog-signals.xml", "harbour-walk.xml", "type3.txt"];
    assert_eq!(names(&folder.join("upload")), files);
    // What was written has no finding.
    let output = program("check").current_dir(&folder).arg("upload").output();
    let (code, out, _) = texts(output.expect("the program starts"));
    assert!(code == 0 && out.contains("total: 5 files, 8 records, 0 errors, 0 warnings"), "{out}");
}

#[test]
fn data_cannot_steer_a_terminal() {
    let files = [
        ("a\x1b[2J.txt", "LoadType=Package\nx\x1b[2J,\"\\\\srv\\a.zip\"\n"),
        ("b.txt", "LoadType=XMLMetadata\n2,\"\\\\srv\\a.gif\",\"\\\\srv\\\x1b[2J.xml\"\n"),
    ];
    let folder = folder("bulk-terminal", &files);
    let (code, _, err) = bulk(&folder, &["to-json", "a\x1b[2J.txt"]);
    assert!(code == 1 && err.starts_with("a␛[2J.txt:2:1: ") && !err.contains('\x1b'), "{err}");
    let err = refused(&folder, &["from-xml", "b.txt", "--out", "c.txt"]);
    assert!(err.contains("`␛[2J.xml`") && !err.contains('\x1b'), "{err}");
}

#[test]
fn a_pipe_that_is_closed_early_is_no_accident() {
    use std::process::Stdio;
    let folder = folder("bulk-pipe", &[("3.txt", TYPE_3)]);
    for args in [&["to-json", "3.txt"][..], &["to-xml", "3.txt", "--out", "up"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let status = program("brightspace-bulk")
            .current_dir(&folder)
            .args(args)
            .stdout(writer)
            .stderr(Stdio::null())
            .status();
        assert_eq!(status.expect("the program starts").code(), Some(0), "{args:?}");
    }
    assert!(folder.join("up/3.txt").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn files_are_withdrawn_when_the_report_cannot_be_written() {
    use std::process::Stdio;
    let folder = folder("bulk-full", &[("3.txt", TYPE_3)]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there");
    let status = program("brightspace-bulk")
        .current_dir(&folder)
        .args(["to-xml", "3.txt", "--out", "new/up"])
        .stdout(full)
        .stderr(Stdio::null())
        .status();
    assert_eq!(status.expect("the program starts").code(), Some(2));
    assert_eq!(names(&folder), ["3.txt"]);
}
