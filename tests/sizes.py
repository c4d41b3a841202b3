"""Functions of at most 50 lines and complexity 10, files of at most 200 lines of code, as CONTRIBUTING.md says.

Comments and blank lines are not code. Generated files are exempt: the C headers.
"""

import glob
import sys

import lizard

PATHS = ["src", "ffi", "tests", "benches", "examples-c", "examples-cpp", "examples-libuv", "examples-asio", "fuzz/src", "fuzz/fuzz_targets", "docs/api", "build.rs", *glob.glob("header/*.rs"), *glob.glob("include/wireway/*.hpp")]
LANGUAGES = ["rust", "cpp", "python"]


def too_much(file):
    """One line for each thing that is over its limit, clickable in an editor."""
    if file.nloc > 200:
        yield f"{file.filename}: {file.nloc} lines of code"
    for function in file.function_list:
        place = f"{file.filename}:{function.start_line}: {function.name}"
        if function.length > 50:
            yield f"{place} has {function.length} lines"
        if function.cyclomatic_complexity > 10:
            yield f"{place} has complexity {function.cyclomatic_complexity}"


files = list(lizard.analyze(PATHS, lans=LANGUAGES))
problems = [problem for file in files for problem in too_much(file)]
for problem in problems:
    print(problem)
print(f"{len(files)} files, {sum(len(file.function_list) for file in files)} functions, {len(problems)} too large")
sys.exit(1 if problems or len(files) < 10 else 0)
