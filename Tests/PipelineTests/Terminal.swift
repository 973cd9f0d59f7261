/// A terminal with somebody at its keys, played by Python.
enum Terminal {
  /// Runs a command on a pseudo-terminal of 80 columns, does what the lines of a file say, and
  /// prints what was to be seen, all rows of it.
  ///
  /// `type TEXT` and `key NAME COUNT` press keys; `await TEXT` waits until it has come out since
  /// then, `row TEXT` until the row of the cursor is that, `below TEXT` until the one below it is;
  /// `signal NAME` sends a signal, `hangup` takes the terminal away; `interrupt` asks for other
  /// proposals and presses ^C, until that comes before they are there.
  static let script = #"""
    import fcntl, os, pty, re, select, signal, struct, sys, termios, time, unicodedata

    KEYS = {"ENTER": b"\r", "DEL": b"\x7f", "LEFT": b"\x1b[D", "UP": b"\x1b[A", "^A": b"\x01",
            "^C": b"\x03", "^D": b"\x04", "^K": b"\x0b", "^Z": b"\x1a"}

    class Screen:
        def __init__(self):
            self.rows, self.row, self.column, self.rest = [[]], 0, 0, ""

        def put(self, character):
            width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            if self.column + width > 80:
                self.move(self.row + 1, 0)
            line = self.rows[self.row]
            line += [" "] * (self.column + width - len(line))
            if line[self.column] == "":
                line[self.column - 1] = " "
            line[self.column] = character
            if width == 2:
                line[self.column + 1] = ""
            end = self.column + width
            if end < len(line) and line[end] == "":
                line[end] = " "
            self.column = end

        def move(self, row, column):
            self.row, self.column = max(row, 0), max(column, 0)
            while len(self.rows) <= self.row:
                self.rows.append([])

        def feed(self, text):
            text = self.rest + text
            self.rest = ""
            place = 0
            while place < len(text):
                c = text[place]
                if c == "\x1b":
                    match = re.compile(r"\x1b(?:\[([?0-9;]*)([A-Za-z@])|[()].|[=>78M])").match(text, place)
                    if not match:
                        self.rest = text[place:]
                        return
                    self.control(match[1] or "", match[2] or "")
                    place = match.end()
                    continue
                place += 1
                if c == "\r":
                    self.column = 0
                elif c == "\n":
                    self.move(self.row + 1, self.column)
                elif c == "\b":
                    self.column = max(self.column - 1, 0)
                elif c >= " ":
                    self.put(c)

        def control(self, argument, letter):
            count = int(argument) if argument.isdigit() else 1
            line = self.rows[self.row]
            if letter == "K":
                del line[self.column:]
            elif letter == "J":
                del line[self.column:], self.rows[self.row + 1:]
            elif letter == "P":
                del line[self.column:self.column + count]
            elif letter == "@":
                line += [" "] * (self.column - len(line))
                line[self.column:self.column] = [" "] * count
                # What is pushed out of a row is lost.
                del line[80:]
            elif letter == "C":
                self.column += count
            elif letter == "D":
                self.column = max(self.column - count, 0)
            elif letter == "A":
                self.move(self.row - count, self.column)
            elif letter == "B":
                self.move(self.row + count, self.column)
            elif letter == "G":
                self.column = count - 1
            elif letter not in "mhl":
                raise SystemExit("unknown control %r %r" % (argument, letter))

        def text(self, row):
            return "".join(self.rows[row]).rstrip() if row < len(self.rows) else ""

    steps, command = open(sys.argv[1], encoding="utf-8").read().splitlines(), sys.argv[2:]
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execvp(command[0], command)
    screen, raw, since, pending = Screen(), b"", b"", b""
    deadline = time.monotonic() + 100

    def show():
        sys.stdout.buffer.write(
            "".join(screen.text(row) + "\n" for row in range(len(screen.rows))).encode())
        sys.stdout.flush()
        with open("raw", "wb") as file:
            file.write(raw)

    def receive():
        global raw, since, pending
        if terminal is None:
            return False
        if not select.select([terminal], [], [], 0.1)[0]:
            return True
        try:
            data = os.read(terminal, 65536)
        except OSError:
            return False
        if not data:
            return False
        raw, since = raw + data, since + data
        # A character may be cut.
        pending += data
        end = len(pending)
        while end and len(pending) - end < 4:
            try:
                text = pending[:end].decode()
                break
            except UnicodeDecodeError:
                end -= 1
        screen.feed(text)
        pending = pending[end:]
        return True

    def wait(condition, what):
        while not condition():
            if not receive() or time.monotonic() > deadline:
                show()
                os.kill(process, signal.SIGKILL)
                raise SystemExit("%s did not come; at the cursor: %r" % (what, screen.text(screen.row)))

    # The prompt is there a moment before the keys are the tool's to read.
    def at(row):
        isRead = not termios.tcgetattr(terminal)[3] & termios.ICANON
        return screen.text(screen.row) == row and (isRead or row[:1] != ">")

    def send(data):
        global since
        since = b""
        while data:
            data = data[os.write(terminal, data):]

    for step in steps:
        name, _, argument = step.partition(" ")
        if name == "type":
            send(argument.encode())
        elif name == "key":
            key, _, count = argument.partition(" ")
            send(KEYS[key] * int(count or 1))
        elif name == "await":
            wait(lambda: argument.encode() in since, step)
        elif name == "row":
            wait(lambda: at(argument), step)
        elif name == "below":
            wait(lambda: screen.text(screen.row + 1) == argument, step)
        elif name == "hangup":
            os.close(terminal)
            terminal = None
        elif name == "signal":
            os.kill(process, getattr(signal, argument))
        elif name == "interrupt":
            for attempt in range(50):
                wait(lambda: at(">"), step)
                send(b"r\r")
                wait(lambda: b"\n" in since, step)
                send(b"\x03")
                wait(lambda: b"interrupted" in since or b"^C" in since, step)
                wait(lambda: at(">"), step)
                if b"interrupted" in since:
                    break
        else:
            raise SystemExit("unknown step " + step)
    while receive() and time.monotonic() < deadline:
        pass
    show()
    status = os.waitpid(process, 0)[1]
    sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
    """#
}

extension Workplace {
  /// Runs a tool on a terminal.
  ///
  /// - Parameters:
  ///   - command: The tool and its arguments, without quotes.
  ///   - steps: What is done at the terminal, as ``Terminal/script`` has it.
  ///   - environment: Variables for the tool.
  /// - Returns: All rows of the terminal, and the tool's status; what it wrote is in `raw`.
  /// - Throws: ``ChildError`` if there is no shell.
  func runOnTerminal(
    _ command: String, _ steps: [String], environment: [String: String] = [:]
  ) throws -> Outcome {
    write(Terminal.script, to: "terminal.py")
    write(steps.joined(separator: "\n"), to: "steps")
    let variables = ["TERM": "xterm", "HOME": path, "NO_COLOR": "1"].merging(environment) { $1 }
    return try run("exec python3 terminal.py steps \(command)", environment: variables)
  }
}
