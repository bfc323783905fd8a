//! What is in the folder of a report before and after, also where a move was cut off.

use super::*;
use tempfile::TempDir;

fn write(folder: &Path, files: &[(&str, &str)]) -> Result<SetAside, String> {
    let mut report = ReportFolder::claim(folder, &[]).map_err(|failed| failed.error.to_string())?;
    let parts = report.parts().unwrap().to_owned();
    for (name, text) in files {
        make_file(&parts.join(name))
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
    }
    Ok(report.commit(&Summary::default(), Vec::new()).unwrap())
}

/// The files of a folder with what is in them, but for the summary.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut names = names(folder).unwrap();
    names.sort();
    names.retain(|name| name != SUMMARY);
    let read = |name: String| (name.clone(), fs::read_to_string(folder.join(name)).unwrap());
    names.into_iter().map(read).collect()
}

fn own(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let pair = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    files.iter().map(pair).collect()
}

#[test]
fn a_second_report_replaces_the_first_and_keeps_what_a_person_has_edited_or_added() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    write(
        path,
        &[
            ("results.csv", "1"),
            ("rejects.csv", "1"),
            ("rejects.vcf", "1"),
        ],
    )
    .unwrap();
    fs::write(path.join("rejects.csv"), "fixed").unwrap();
    fs::write(path.join("rejects-mine.csv"), "mine").unwrap();
    fs::write(path.join("rejects.edited-1.csv"), "before").unwrap();
    let kept = write(path, &[("results.csv", "2"), ("rejects.csv", "2")]).unwrap();
    let edited = ("rejects.csv".to_owned(), "rejects.edited-2.csv".to_owned());
    assert_eq!(kept.edited, [edited]);
    let expected = [
        ("rejects-mine.csv", "mine"),
        ("rejects.csv", "2"),
        ("rejects.edited-1.csv", "before"),
        ("rejects.edited-2.csv", "fixed"),
        ("results.csv", "2"),
    ];
    assert_eq!(files(path), own(&expected));
}

#[test]
fn a_report_that_was_given_up_leaves_the_one_before_as_it_was() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), &[("results.csv", "1")]).unwrap();
    let before = fs::read(folder.path().join(SUMMARY)).unwrap();
    let mut report = ReportFolder::claim(folder.path(), &[]).unwrap();
    make_file(&report.parts().unwrap().join("results.csv")).unwrap();
    drop(report);
    assert_eq!(files(folder.path()), own(&[("results.csv", "1")]));
    assert_eq!(fs::read(folder.path().join(SUMMARY)).unwrap(), before);
}

#[test]
fn a_move_that_was_cut_off_is_completed_by_the_next_report() {
    for moved in 0..=2 {
        let folder = TempDir::new().unwrap();
        let path = folder.path();
        write(path, &[("rejects.csv", "1"), ("results.csv", "1")]).unwrap();
        let parts = path.join(PART);
        // The parts of a second report, as they are when its move begins, and after so many files.
        let other = TempDir::new().unwrap();
        write(other.path(), &[("report.html", "2"), ("results.csv", "2")]).unwrap();
        fs::create_dir(&parts).unwrap();
        fs::rename(path.join(SUMMARY), parts.join(PREVIOUS)).unwrap();
        for (number, name) in ["report.html", "results.csv", SUMMARY].iter().enumerate() {
            let to = if number < moved { path } else { &parts };
            fs::rename(other.path().join(name), to.join(name)).unwrap();
        }
        let mut report = ReportFolder::claim(path, &[]).unwrap();
        report.parts().unwrap();
        drop(report);
        let expected = own(&[("report.html", "2"), ("results.csv", "2")]);
        assert_eq!(files(path), expected, "{moved} moved");
        assert!(path.join(SUMMARY).exists());
    }
}

#[test]
fn two_reports_at_once_do_not_write_into_each_other() {
    let folder = TempDir::new().unwrap();
    let mut first = ReportFolder::claim(folder.path(), &[]).unwrap();
    make_file(&first.parts().unwrap().join("results.csv")).unwrap();
    write(folder.path(), &[("results.csv", "second")]).unwrap();
    first.commit(&Summary::default(), Vec::new()).unwrap();
    assert_eq!(files(folder.path()), own(&[("results.csv", "")]));
}

#[test]
fn a_suggested_folder_is_one_that_is_not_there() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("rep");
    fs::create_dir(folder.path().join("rep-2")).unwrap();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("letter.txt"), "").unwrap();
    let refused = ReportFolder::claim(&path, &[]).unwrap_err();
    let other = folder.path().join("rep-3").display().to_string();
    let said = refused.error.to_string();
    assert!(said.contains(&other), "{said}");
}
