using System.Globalization;
using ScFm.Model.Devices;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>What is measured, and on which device.</summary>
/// <param name="Device">Such as cuda or cpu.</param>
/// <param name="Preset">A preset of ours that the peer has, too.</param>
/// <param name="Genes">Genes of the vocabulary.</param>
/// <param name="Most">Cells of a batch at most.</param>
internal sealed record Setting(string Device, string Preset, int Genes, int Most)
{
    /// <summary>Timed runs of a row behind one that warms.</summary>
    public const int Repeat = 5;

    private const double Allowed = 0.9; // of the free memory: the allocator's pieces do not fit each other exactly

    private const long OnProcessor = 2L << 30;

    private static readonly int[] Expressed = [800, 1200, 1600, 2000, 2400, 3000]; // genes of a cell, in turn

    /// <summary>The published size on a card; a small one on the processor, for trying the benchmark itself.</summary>
    public static Setting For(string device) => device == "cpu" ? new(device, "3m", 3_500, 8) : new(device, "100m", 19_264, 512);

    /// <summary>The sizes; without dropout and redrawn features, as the peer.</summary>
    public ScFoundationConfig Config => Presets.Find(Preset, Genes) with { Dropout = 0, RedrawInterval = 0 };

    /// <summary>What both sides multiply: bfloat16 on a card; on the processor PyTorch 1.13 cannot train in it.</summary>
    public Precision Precision => Device == "cpu" ? Precision.Float32 : Precision.BFloat16;

    /// <summary>Bytes that a batch may take beside the model.</summary>
    public long Memory => Device == "cpu" ? OnProcessor : (long)(Allowed * (PeakMemory.FreeOn(ComputeDevice.Current) ?? throw new InvalidOperationException($"The free memory of {Device} is not known; expected libtorch 2.10 or later.")));

    /// <summary>Expressed genes of so many cells.</summary>
    public static int[] Cells(int count) => [.. Enumerable.Range(0, count).Select(cell => Expressed[cell % Expressed.Length])];

    /// <summary>Visible tokens of such cells, as the encoder sees them in an embedding or in training.</summary>
    public static double Tokens(Work work, int[] expressed) => expressed.Sum(genes => 2 + genes * (work == Work.Train ? 1 - Cell.MaskedOfExpressed : 1));

    /// <summary>As arguments of a process that measures.</summary>
    public string[] Arguments => [Device, Preset, $"{Genes}", $"{Most}"];

    /// <summary>The reverse of <see cref="Arguments"/>.</summary>
    public static Setting Parse(string[] arguments) =>
        new(arguments[0], arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture), int.Parse(arguments[3], CultureInfo.InvariantCulture));
}
