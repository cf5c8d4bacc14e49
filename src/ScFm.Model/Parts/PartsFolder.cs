using System.Text.Json;
using ScFm.Model.Files;

namespace ScFm.Model.Parts;

/// <summary>The folder in which processes that know nothing of each other leave the parts of one result, each part in a file that is there whole or not at all.</summary>
/// <remarks>Who works on a part holds a lock on a file of its name; the system lets go of it when the process ends, however it ends.</remarks>
internal sealed class PartsFolder
{
    private const string HeaderFile = "run.json";
    private const string PartPrefix = "part-";
    private const string LockEnding = ".lock";
    private const string ResultPrefix = "result";
    private const string Opening = "run";

    private static readonly int[] heldByAnother = [11, 35, unchecked((int)0x80070020)]; // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    private readonly string path;
    private readonly string run;
    private readonly int cells;
    private readonly int partSize;

    private PartsFolder(string path, string run, int cells, int partSize) => (this.path, this.run, this.cells, this.partSize) = (path, run, cells, partSize);

    /// <summary>Opens the folder of a run, or begins it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="header">What the run depends on.</param>
    /// <param name="cells">Cells of all parts.</param>
    /// <param name="partSize">Cells of a part.</param>
    /// <param name="cancellation">Stops the waiting for another process that is opening it.</param>
    /// <param name="isFinished">Whether the run's result is there.</param>
    /// <exception cref="InvalidDataException">It holds parts of another run; the message says how that differs.</exception>
    /// <exception cref="DirectoryNotFoundException">Another process has written the result meanwhile and cleared the folder.</exception>
    /// <exception cref="IOException">It holds something else.</exception>
    public static PartsFolder Open(string path, PartsHeader header, int cells, int partSize, Func<bool> isFinished, CancellationToken cancellation)
    {
        var folder = new PartsFolder(path, header.Identity, cells, partSize);
        Directory.CreateDirectory(path);
        FileStream? opening;
        while ((opening = folder.Claim(Opening)) is null)
        {
            cancellation.WaitHandle.WaitOne(pause);
            cancellation.ThrowIfCancellationRequested();
        }
        using (opening)
        {
            if (!folder.IsOpen && isFinished())
            {
                folder.Clear(); // which the way here has made anew
                throw new DirectoryNotFoundException($"'{path}' is cleared: its run is finished.");
            }
            folder.Begin(header);
        }
        return folder;
    }

    /// <summary>Number of parts.</summary>
    public int Count => (cells + partSize - 1) / partSize;

    /// <summary>True until the result is there and the folder is cleared.</summary>
    public bool IsOpen => File.Exists(Within(HeaderFile));

    /// <summary>Where the result is written before it takes its place.</summary>
    public string ResultFile => Within($"{ResultPrefix}.h5ad");

    /// <summary>The cells of a part: the place of the first, and how many.</summary>
    public (int First, int Count) CellsOf(int part) => (part * partSize, Math.Min(partSize, cells - part * partSize));

    /// <summary>The file of a part, there or not.</summary>
    public PartFile this[int part] => new(Within(FileName(part)), run, part, CellsOf(part).Count);

    /// <summary>Parts that are not there, as far as names tell.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is gone.</exception>
    public int[] Missing()
    {
        var found = Directory.EnumerateFiles(path, $"{PartPrefix}*{Safetensors.Ending}").Select(file => Path.GetFileName(file)).ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, Count).Where(part => !found.Contains(FileName(part)))];
    }

    /// <summary>Takes a part, or whatever has a name, for this process alone; null where another one has it.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is gone.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public FileStream? Claim(string name)
    {
        try
        {
            return new FileStream(Within(name + LockEnding), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (heldByAnother.Contains(error.HResult))
        {
            return null;
        }
    }

    /// <summary>Takes a part for this process alone.</summary>
    /// <inheritdoc cref="Claim(string)"/>
    public FileStream? Claim(int part) => Claim(Name(part));

    /// <summary>Deletes all that a run leaves, and the folder where nothing else is in it.</summary>
    public void Clear()
    {
        File.Delete(Within(HeaderFile)); // first: what is left by a process that ends here belongs to no run
        foreach (var file in Leftovers())
        {
            File.Delete(file);
        }
        try
        {
            Directory.Delete(path);
        }
        catch (IOException)
        {
            // something else is in it
        }
    }

    private void Begin(PartsHeader header)
    {
        var file = Within(HeaderFile);
        if (!File.Exists(file))
        {
            foreach (var leftover in Leftovers().Where(leftover => !leftover.EndsWith(LockEnding, StringComparison.Ordinal)))
            {
                File.Delete(leftover);
            }
            if (Directory.EnumerateFileSystemEntries(path).FirstOrDefault(entry => !entry.EndsWith(LockEnding, StringComparison.Ordinal)) is { } other)
            {
                throw new IOException($"'{path}' holds {Path.GetFileName(other)}; expected a new folder, an empty one, or parts of the same run.");
            }
            AtomicFile.WriteText(file, header.ToJson());
            return;
        }
        try
        {
            if (header.DifferenceFrom(File.ReadAllText(file)) is var (name, own, other))
            {
                throw new InvalidDataException($"'{path}' holds parts of another run: {name} is '{other}' there and '{own}' here; expected the same: choose another file, or delete the folder to begin anew.");
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{file}' is damaged: {error.Message} Delete the folder to begin anew.", error);
        }
    }

    private IEnumerable<string> Leftovers() => ((string[])[$"{PartPrefix}*", $"{ResultPrefix}*", $"{HeaderFile}*", $"*{LockEnding}"]).SelectMany(pattern => Directory.GetFiles(path, pattern)).Distinct();

    private static string FileName(int part) => Name(part) + Safetensors.Ending;

    private static string Name(int part) => FormattableString.Invariant($"{PartPrefix}{part:00000}");

    private string Within(string name) => Path.Combine(path, name);
}
