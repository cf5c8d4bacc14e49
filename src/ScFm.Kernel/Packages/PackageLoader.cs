using System.Reflection;
using ScFm.Interactive.Hosting;
using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Packages;

/// <summary>Does what the <c>#r</c> and <c>#i</c> lines of a cell say.</summary>
internal sealed class PackageLoader(ScriptReferences references, PackageRestore restore, INotebookHost host)
{
    private readonly AssemblyLoader loader = new(references);
    private readonly List<PackageRequest> packages = [];
    private readonly List<string> sources = DefaultFeed.Find() is { } feed ? [feed] : [];

    /// <summary>Loads what the cell refers to.</summary>
    /// <returns>The cell without those lines.</returns>
    /// <exception cref="PackageException">Something could not be had; what was loaded before stays.</exception>
    internal string LoadReferences(string code, CancellationToken cancellation)
    {
        ReferenceDirectives directives = ReferenceDirectives.Read(code);
        foreach (var source in directives.Sources)
        {
            AddSource(source);
        }

        foreach (var assembly in directives.Assemblies)
        {
            LoadFile(assembly);
        }

        if (directives.Packages.Count > 0)
        {
            LoadPackages(directives.Packages, cancellation);
        }

        return directives.Code;
    }

    private void AddSource(string source)
    {
        var place = IsAddress(source) ? source : Path.GetFullPath(source);
        if (!IsAvailable(place))
        {
            throw new PackageException($"The package source '{source}' is neither an address nor a folder that exists.");
        }

        if (!sources.Contains(place))
        {
            sources.Add(place);
        }
    }

    private static bool IsAddress(string source) => Uri.TryCreate(source, UriKind.Absolute, out var address) && !address.IsFile;

    private static bool IsAvailable(string source) => IsAddress(source) || Directory.Exists(source);

    private void LoadFile(string file)
    {
        var path = Path.GetFullPath(file);
        if (File.Exists(path))
        {
            Say(loader.Register(path));
        }
        else if (!loader.IsCarried(file) && !loader.IsCarried(Path.GetFileNameWithoutExtension(file)))
        {
            throw new PackageException($"The assembly '{file}' was not found: there is no file {path}.");
        }
    }

    private void LoadPackages(List<PackageRequest> asked, CancellationToken cancellation)
    {
        // Together with the earlier ones, so that one version of each dependency is chosen for the whole notebook.
        List<PackageRequest> all = [.. packages.Where(old => !asked.Any(request => Same(request.Id, old.Id))), .. asked.DistinctBy(request => request.Id.ToLowerInvariant())];
        var resolved = restore.Resolve(all, [.. sources.Where(IsAvailable)], cancellation);
        packages.Clear();
        packages.AddRange(all);

        resolved.NativeLibraries.ToList().ForEach(loader.RegisterNative);
        foreach (var assembly in resolved.Assemblies)
        {
            Say(loader.Register(assembly.Path));
        }

        foreach (var request in asked)
        {
            Console.WriteLine($"Loaded {request.Id} {resolved.Versions.GetValueOrDefault(request.Id)}.");
            foreach (var assembly in resolved.Assemblies.Where(assembly => Same(assembly.Package, request.Id)))
            {
                RunExtension(AssemblyLoader.Load(assembly.Path));
            }
        }
    }

    /// <summary>A package may greet the kernel: a public type <c>KernelExtension</c> with <c>static void Load(INotebookHost host)</c>, or without the parameter.</summary>
    private void RunExtension(Assembly assembly)
    {
        var load = assembly.GetExportedTypes().FirstOrDefault(type => type.Name == "KernelExtension")?.GetMethod("Load", BindingFlags.Public | BindingFlags.Static);
        load?.Invoke(null, load.GetParameters().Length == 0 ? [] : [host]);
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static void Say(string? sentence)
    {
        if (sentence is not null)
        {
            Console.WriteLine(sentence);
        }
    }
}
