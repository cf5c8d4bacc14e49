using System.Collections.Concurrent;
using ScFm.Model.Cells;
using ScFm.Model.Models;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>A trained model that a plan names by its file or folder.</summary>
internal static class PlannedModelFile
{
    private const int Piece = 1 << 20;

    // A plan's methods are made when it is checked, when it is run and when it is reported: a model is held once as long as one of them holds it.
    private static readonly ConcurrentDictionary<string, WeakReference<IModel>> open = new();

    /// <summary>The model of a file or folder: one that is held already, unless the file has been written since. It is shared, so that nobody may change or free it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="InvalidDataException">It is damaged or of another kind.</exception>
    internal static T Open<T>(string path) where T : class, IModel
    {
        var key = string.Join('|', Files(path).Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        if (!open.TryGetValue(key, out var held) || !held.TryGetTarget(out var model))
        {
            model = ModelFiles.Open(path);
            open[key] = new WeakReference<IModel>(model);
        }
        return model as T ?? throw new InvalidDataException($"'{path}' holds a {model.GetType().Name}; expected a {typeof(T).Name}.");
    }

    /// <summary>Sixteen hexadecimal digits that change with any byte of a file or of a folder's files; null where none is named.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    internal static string? Identity(string? path) => path is null ? null : Fingerprint.Of(hash =>
    {
        var piece = new byte[Piece];
        foreach (var file in Files(path))
        {
            hash.Add(Path.GetRelativePath(path, file.FullName)).Add<long>([file.Length]); // "." for a file, whose own name says nothing
            using var content = file.OpenRead();
            for (int read; (read = content.Read(piece)) > 0;)
            {
                hash.Add<byte>(piece.AsSpan(0, read));
            }
        }
    });

    private static IEnumerable<FileInfo> Files(string path) =>
        File.Exists(path) ? [new FileInfo(path)]
        : Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal)
        : throw new FileNotFoundException($"There is no model '{path}'.", path);
}
