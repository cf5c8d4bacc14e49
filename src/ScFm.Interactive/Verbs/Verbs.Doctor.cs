using ScFm.Model.Devices;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Says what this process computes with - libtorch, CUDA, driver, cards, products' speed - and what would help.</summary>
    /// <param name="build">The folder of another libtorch, or the folder torch of a PyTorch: the native part is compiled for it first, and used from then on where LIBTORCH names the folder. Default: none.</param>
    /// <param name="quick">True to measure no speed. Default: false.</param>
    /// <example><code>Verbs.Examine();</code></example>
    [Verb("doctor", "Says what is computed with (libtorch, CUDA, driver, cards, speed) and what would help.", Into = "doctor")]
    public static DoctorReport Examine(
        [Option("folder of a libtorch, or of a PyTorch's torch, to compile the native part for")] string? build = null,
        [Option("measure no speed")] bool quick = false)
    {
        if (build is not null)
        {
            Say($"Built {Doctor.BuildFor(Path.GetFullPath(build), Console.WriteLine)}; it is used by programs that are started with LIBTORCH={Path.GetFullPath(build)}.");
        }
        return Doctor.Examine(measures: !quick);
    }
}
