namespace ScFm.Model.Launching;

/// <summary>Tells a rank that the program which started it by <see cref="LocalRanks"/> is gone, however that ended.</summary>
public static class LauncherWatch
{
    /// <summary>Begins to watch; nothing happens in a process that was started in another way.</summary>
    /// <param name="gone">Called once, on a thread of its own.</param>
    public static void Start(Action gone)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(LocalRanks.LaunchedVariable)))
        {
            return;
        }
        new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            input.CopyTo(Stream.Null); // a pipe that ends with whoever holds its other end
            gone();
        })
        { IsBackground = true, Name = "launcher watch" }.Start();
    }
}
