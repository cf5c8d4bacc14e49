using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Packages;

/// <summary>
/// Brings assemblies of packages into the kernel. One version of an assembly lives in a process: what the tool carries or a cell
/// has loaded before stays, so that types keep one identity.
/// </summary>
internal sealed class AssemblyLoader
{
    private readonly ScriptReferences references;
    private readonly Dictionary<string, string> managed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> native = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> carried;

    internal AssemblyLoader(ScriptReferences references)
    {
        this.references = references;
        carried = ScriptReferences.TrustedAssemblies().ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
        AssemblyLoadContext.Default.Resolving += (context, name) => Known(name.Name) is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => FindNative(name) is { } path ? NativeLibrary.Load(path) : 0;
    }

    /// <summary>Whether the runtime or the tool brings an assembly of that simple name.</summary>
    internal bool IsCarried(string simpleName) => carried.ContainsKey(simpleName);

    /// <summary>Lets cells use an assembly; it is loaded when its code first runs.</summary>
    /// <returns>A sentence when another version is in use and stays, else null.</returns>
    internal string? Register(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var inUse = carried.GetValueOrDefault(name) ?? Known(name);
        if (inUse is null)
        {
            lock (managed)
            {
                managed[name] = path;
            }

            references.Add(path);
            return null;
        }

        references.Add(inUse);
        var has = AssemblyName.GetAssemblyName(inUse).Version;
        var wanted = AssemblyName.GetAssemblyName(path).Version;
        // The framework stands in for the packages of its assemblies: what it has is as new as what they bring, or newer.
        return has == wanted || (ScriptReferences.IsFramework(inUse) && has >= wanted)
            ? null
            : $"{name} {wanted} was asked for; {has} is already in use and stays until the kernel is restarted.";
    }

    /// <summary>Lets imports find a native library by its file name, with or without prefix and ending.</summary>
    internal void RegisterNative(string path)
    {
        lock (native)
        {
            native.TryAdd(Path.GetFileName(path), path);
        }
    }

    /// <summary>Loads a registered or carried assembly.</summary>
    internal static Assembly Load(string path) => AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(Path.GetFileNameWithoutExtension(path)));

    private string? Known(string? name)
    {
        lock (managed)
        {
            return name is null ? null : managed.GetValueOrDefault(name);
        }
    }

    private string? FindNative(string name)
    {
        lock (native)
        {
            return new[] { name, $"lib{name}.so", $"{name}.so", $"lib{name}" }.Select(candidate => native.GetValueOrDefault(candidate)).FirstOrDefault(path => path is not null);
        }
    }
}
