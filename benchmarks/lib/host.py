"""A host of a benchmark's own: namespaces that end with it, the program in them, and what its processes occupy."""
import http.client
import json
import os
import subprocess
import sys
import time

CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
INSIDE = "MIDONET_BENCHMARK_INSIDE"
API = 9696
PLURALS = {"security_group_rule": "security-group-rules", "security_group": "security-groups"}


def alone(main):
    """Runs main in network and mount namespaces of its own."""
    if INSIDE in os.environ:
        main()
        return
    if os.geteuid() != 0:
        sys.exit("this needs root")
    if subprocess.run([CHECKOUT + "/midonet", "version"], stdout=subprocess.DEVNULL).returncode:
        sys.exit("the program was not built")
    os.environ[INSIDE] = "yes"
    mounts = "mount -t sysfs sysfs /sys && mount -t bpf bpf /sys/fs/bpf && mount -t tmpfs tmpfs /run && ip link set lo up && exec \"$@\""
    os.execvp("unshare", ["unshare", "--net", "--mount", "sh", "-c", mounts, "sh", sys.executable] + [os.path.realpath(sys.argv[0])] + sys.argv[1:])


def config(folder, *midonet):
    """A neutron.conf with the built-in MidoNet, in a folder where all data are, too."""
    path = folder + "/neutron.conf"
    with open(path, "w") as out:
        out.write(f"""[DEFAULT]
auth_strategy = noauth
bind_host = 127.0.0.1
bind_port = {API}
core_plugin = midonet_v2
service_plugins = midonet_l3
state_path = {folder}
host = benchmark
[MIDONET]
client = builtin
agent_socket = {folder}/agent.sock
agent_external = off
""" + "".join(line + "\n" for line in midonet) + """[quotas]
quota_port = -1
quota_security_group_rule = -1
""")
    return path


class Refused(Exception):
    def __init__(self, status, text):
        super().__init__(f"{status} {text}")
        self.status = status


class Api:
    """The Networking API; a connection for each request, as it may have been restarted."""

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", API, timeout=60)
        try:
            connection.request(method, "/v2.0/" + path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            raise Refused(answer.status, f"{method} {path}: {text.decode()}")
        return json.loads(text) if text else {}

    def get(self, path):
        return self.ask("GET", path)

    def make(self, kind, body):
        """Makes something and returns its id."""
        return self.ask("POST", PLURALS.get(kind, kind + "s"), {kind: body})[kind]["id"]

    def remove(self, path):
        self.ask("DELETE", path)


class Program:
    """A process of ours that may be restarted."""

    def __init__(self, folder, *arguments):
        self.arguments, self.log, self.process = arguments, f"{folder}/{arguments[0]}.log", None

    @property
    def pid(self):
        return self.process.pid

    def start(self):
        with open(self.log, "a") as log:
            self.process = subprocess.Popen([CHECKOUT + "/midonet", *self.arguments], stdout=log, stderr=log)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def until(seconds, what, condition, must=True):
    """Waits for a condition; what it throws means not yet."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if condition():
                return True
        except Exception:
            pass
        time.sleep(0.1)
    if must:
        raise TimeoutError(f"not within {seconds} s: {what}")
    return False


def memory(pid):
    """MiB resident; 0 while there is no such process."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("Rss:")) / 1024
    except (OSError, StopIteration):
        return 0
