using System.Runtime.InteropServices;
using ScFm.Model.Launching;

namespace ScFm.Interactive.Hosting;

/// <summary>What interrupts a verb of the command line: as in a notebook, it ends at its next step and keeps what it has.</summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan lastStep = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] signals;

    /// <summary>Begins to listen for Ctrl-C.</summary>
    /// <param name="alsoWhenEnded">True to listen, too, for what launchers of ranks send before they kill (SIGTERM), and for the end of the program that started this rank.</param>
    public Interruption(bool alsoWhenEnded)
    {
        PosixSignal[] heeded = alsoWhenEnded ? [PosixSignal.SIGINT, PosixSignal.SIGTERM] : [PosixSignal.SIGINT];
        signals = Array.ConvertAll(heeded, signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            source.Cancel();
        }));
        if (alsoWhenEnded)
        {
            LauncherWatch.Start(() =>
            {
                source.Cancel();
                Thread.Sleep(lastStep);
                Environment.Exit(1); // nobody is left who would end a rank that waits for another
            });
        }
    }

    /// <summary>Fires when the verb is interrupted.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var signal in signals)
        {
            signal.Dispose();
        }
    }
}
