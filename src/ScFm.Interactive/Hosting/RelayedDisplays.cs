namespace ScFm.Interactive.Hosting;

/// <summary>Shows what another process shows: takes its output line by line.</summary>
/// <param name="host">Where to show it.</param>
internal sealed class RelayedDisplays(INotebookHost host)
{
    private readonly Dictionary<int, IDisplay> displays = [];

    /// <summary>Takes a line: something to show, or ordinary output that is passed on.</summary>
    public void Take(string line)
    {
        if (DisplayRecord.Read(line) is not { } record)
        {
            Console.WriteLine(line);
        }
        else if (displays.TryGetValue(record.Display, out var shown))
        {
            shown.Update(record.Content);
        }
        else
        {
            displays[record.Display] = host.Display(record.Content);
        }
    }
}
