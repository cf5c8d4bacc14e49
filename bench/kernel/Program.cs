using System.Diagnostics;

// The client is Jupyter's own, so that both kernels are measured as a notebook sees them; round_trip.py says what is measured.
string here = AppContext.BaseDirectory;
using Process client = Process.Start("/usr/bin/python3", ["-Xfrozen_modules=off", Path.Combine(here, "round_trip.py"), Path.Combine(here, "scfm"), .. args])!;
client.WaitForExit();
return client.ExitCode;
