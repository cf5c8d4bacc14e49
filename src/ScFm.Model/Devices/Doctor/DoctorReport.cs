using System.Globalization;
using ScFm.Model.Display;
using ScFm.Model.Tables;

namespace ScFm.Model.Devices;

/// <summary>What a process computes with, and what would help it.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record DoctorReport : IHtml
{
    /// <summary>The version of .NET.</summary>
    public Version DotNet { get; init; } = new();

    /// <summary>What binds libtorch to .NET.</summary>
    public string Binding { get; init; } = "";

    /// <summary>Libtorch, driver and cards.</summary>
    public CudaFacts Cuda { get; init; } = new();

    /// <summary>The version of cuDNN; null where there is none.</summary>
    public Version? Cudnn { get; init; }

    /// <summary>What multiplies matrices on the processor.</summary>
    public BlasKernel Blas { get; init; } = new(null, null, null, false);

    /// <summary>The instructions of the package's own kernels for the processor, avx512 or avx2; null where they are not used.</summary>
    public string? Kernels { get; init; }

    /// <summary>True where kernels of our own for CUDA were compiled and there is a card that takes them.</summary>
    public bool HasCudaKernels { get; init; }

    /// <summary>How several processes can train together.</summary>
    public string Ranks { get; init; } = "no";

    /// <summary>Threads of an operation.</summary>
    public int Threads { get; init; }

    /// <summary>Processors that this process may use.</summary>
    public int Processors { get; init; }

    /// <summary>The machine's memory, bytes; null where it is not known.</summary>
    public long? Memory { get; init; }

    /// <summary>How fast each device multiplies; empty where it was not measured.</summary>
    public IReadOnlyList<MatmulSpeed> Speeds { get; init; } = [];

    /// <summary>Variables of this process that decide what it finds; null where one is not set.</summary>
    public IReadOnlyList<(string Name, string? Value)> Environment { get; init; } = [];

    /// <summary>What helps, a sentence each; the first says whether CUDA is there.</summary>
    public IReadOnlyList<string> Advice =>
    [
        Cuda.LibtorchCards > 0 ? "CUDA is there: take the device cuda, or ComputeDevice.Best." : $"There is no CUDA: {CudaAdvice.Of(Cuda)}",
        .. Blas.Advice is { } faster ? new[] { faster } : [],
    ];

    /// <summary>What was found, a row each: part, found.</summary>
    public Table ToTable()
    {
        var rows = Rows();
        return new Table(new TextColumn("part", [.. rows.Select(row => row.Part)]), new TextColumn("found", [.. rows.Select(row => row.Found)]));
    }

    /// <summary>The advice and the table, as HTML.</summary>
    public string ToHtml() => string.Concat(Advice.Select(sentence => $"<p>{HtmlText.Escape(sentence)}</p>")) + ToTable().WholeView().ToHtml();

    /// <summary>The same as text, each part on a line of its own, whole: paths are long.</summary>
    public override string ToString()
    {
        var rows = Rows();
        var width = rows.Max(row => row.Part.Length);
        return string.Join('\n', [.. rows.Select(row => $"{row.Part.PadRight(width)}  {row.Found}"), "", .. Advice]);
    }

    private (string Part, string Found)[] Rows() =>
    [
        (".NET", $"{DotNet}"),
        ("binding", Binding),
        ("libtorch", $"{Cuda.Libtorch}{(Cuda.LibtorchFolder is { } folder ? $" in {folder}" : "")}"),
        ("built for CUDA", Shown(Cuda.LibtorchCuda)),
        ("cuDNN", Shown(Cudnn)),
        ("driver", Driver()),
        .. Cuda.Cards.Select((card, place) => ($"card {place}", $"{card.Name}, {ByteSize.Text(card.Memory)}, compute capability {card.Capability}")),
        ("products on the processor", $"{Blas}"),
        ("own kernels", Kernels ?? "none"),
        ("own kernels for CUDA", HasCudaKernels ? "yes" : "none"),
        ("several processes", Ranks),
        ("threads", $"{Threads} of {Processors} processors"),
        ("memory", Memory is { } bytes ? ByteSize.Text(bytes) : "not known"),
        .. Speeds.Select(speed => ($"fastest product on {speed.Device}", $"{Speed(speed.Float32)} in float32, {Speed(speed.BFloat16)} in bfloat16")),
        .. Environment.Select(variable => (variable.Name, variable.Value ?? "not set")),
    ];

    private string Driver() => Cuda switch
    {
        { HasDriver: true, DriverCuda: { } newest } => $"for CUDA {newest} and older",
        { HasDriver: true } => "there",
        { HasKernelModule: true } => "in the kernel, but libcuda.so.1 is not found",
        _ => "none",
    };

    private static string Shown(Version? version) => version is null ? "no" : $"{version}";

    private static string Speed(double operations) => operations >= 1e12
        ? string.Create(CultureInfo.InvariantCulture, $"{operations / 1e12:0.0} TFLOP/s")
        : string.Create(CultureInfo.InvariantCulture, $"{operations / 1e9:0.0} GFLOP/s");
}
