namespace ScFm.Model.Devices;

/// <summary>Why a process cannot compute on a card, and what helps.</summary>
public static class CudaAdvice
{
    private const string HowToBuild = "scfm doctor --build FOLDER";

    /// <summary>One sentence; what is nearest to the user's hand comes first.</summary>
    public static string Of(CudaFacts facts) => facts switch
    {
        { LibtorchCards: > 0 } => "nothing is in the way.",
        { HasKernelModule: false, HasDriver: false } =>
            $"there is no NVIDIA driver on this machine, and {(facts.LibtorchCuda is null ? $"{Loaded(facts)}" : $"libtorch {facts.Libtorch} needs one")}: take a machine that has a card, or start the container with its machine's.",
        { LibtorchCuda: null } => OfProcessorBuild(facts),
        { HasDriver: false } =>
            $"the kernel has NVIDIA's driver, but this process does not find libcuda.so.1: put its folder into LD_LIBRARY_PATH (now {Shown(facts.LibraryPath)}) of the program that starts this one, or start the container with its GPUs.",
        { DriverCuda: { } driver, LibtorchCuda: { } needed } when driver.Major < needed.Major =>
            $"the driver runs CUDA {driver} at most and libtorch {facts.Libtorch} was built for {needed}: update the driver, or name a libtorch for CUDA {driver.Major} in LIBTORCH.",
        { VisibleDevices: { } visible } when facts.Cards.Count == 0 => $"CUDA_VISIBLE_DEVICES is {Shown(visible)} and hides every card from this process: unset it, or name a card in it, such as 0.",
        { DriverError: not 0 } => $"the driver does not start (error {facts.DriverError}): look at what nvidia-smi says, and restart the machine after a driver was updated.",
        { Cards.Count: 0 } => "the driver shows no card to this process: a container must be started with the machine's GPUs.",
        _ => $"the driver shows {facts.Cards[0].Name} and libtorch {facts.Libtorch} for CUDA {facts.LibtorchCuda} does not take it: it may be too old for that CUDA, or used by one process alone.",
    };

    private static string OfProcessorBuild(CudaFacts facts)
    {
        var loaded = Loaded(facts);
        return facts switch
        {
            { LibtorchVariable: { } named, IsBuiltForVariable: false } =>
                $"LIBTORCH names {named}, but the native part was not built for it yet and {loaded}: run {HowToBuild.Replace("FOLDER", named, StringComparison.Ordinal)} once, then start anew.",
            { LibtorchVariable: { } named } => $"{loaded}, though LIBTORCH names {named}: that folder holds no CUDA either; name a CUDA build there, such as the folder torch of a PyTorch for CUDA.",
            { Builds: [.., var build] } =>
                $"{loaded}, and LIBTORCH is not set in this process though the native part was built for libtorch {build}: a notebook does not read the shell's settings, so set LIBTORCH where Jupyter is started, or in the kernel's kernel.json under env.",
            _ => $"{loaded}: run {HowToBuild} once with the folder of a CUDA build, such as the folder torch of a PyTorch for CUDA, and set LIBTORCH to it.",
        };
    }

    private static string Loaded(CudaFacts facts) => $"libtorch {facts.Libtorch}{(facts.LibtorchFolder is { } folder ? $" of {folder}" : "")} is a build for the processor alone";

    private static string Shown(string? value) => value is null ? "not set" : $"'{value}'";
}
