using System.Diagnostics;

/// <summary>The peers' file, and files out of the page cache.</summary>
internal static class Files
{
    private const int Block = 2000; // cells at once

    /// <summary>Takes the files of a folder, or a file, out of the page cache.</summary>
    public static void Evict(string path) => Processes.RunPython(Processes.Script("evict.py"), path);

    /// <summary>Writes an .h5ad file of the simulated cells, made here and written by h5py.</summary>
    public static void MakeH5ad(int cells, string file)
    {
        var source = new SimulatedCells(cells);
        var start = new ProcessStartInfo(
            Processes.PythonProgram, [Processes.Script("make_h5ad.py"), file, $"{cells}", $"{SimulatedCells.Expressed}", $"{source.VarNames.Length}", $"{Block}"]) { RedirectStandardInput = true };
        using var python = Process.Start(start)!;
        using (var input = python.StandardInput.BaseStream)
        {
            source.Write(Block, input);
        }
        python.WaitForExit();
        if (python.ExitCode != 0)
        {
            throw new InvalidOperationException($"'make_h5ad.py' ended with {python.ExitCode}; expected 0. {Processes.PeersNeed}");
        }
    }
}
