using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using ScFm.Kernel.Cells;

namespace ScFm.Kernel.Scripting;

/// <summary>Turns what a cell threw into lines that a researcher can read: the error, then the lines of the notebook that led to it.</summary>
internal sealed partial class ErrorTrace(ScriptEngine engine)
{
    private const string Red = "\e[31m";
    private const string Bold = "\e[1m";
    private const string Dim = "\e[2m";
    private const string Plain = "\e[0m";

    /// <param name="error">What was thrown.</param>
    /// <param name="interrupted">Whether the user had asked for an interruption.</param>
    internal CellError Describe(Exception error, bool interrupted = false)
    {
        error = Unwrap(error);
        if (error is CellCompilationException compilation)
        {
            return new CellError("CompilationError", compilation.Message, [$"{Red}{Bold}The cell does not compile.{Plain}", .. compilation.Trace()]);
        }

        if (error is PlainErrorException)
        {
            return new CellError(error.GetType().Name, error.Message, [$"{Red}{error.Message}{Plain}"]);
        }

        if (error is OperationCanceledException && interrupted)
        {
            return new CellError("Interrupted", "The cell was interrupted.", [$"{Red}{Bold}The cell was interrupted.{Plain}", .. Frames(error)]);
        }

        List<string> lines = [];
        for (var cause = error; cause is not null; cause = cause.InnerException is { } inner ? Unwrap(inner) : null)
        {
            var prefix = ReferenceEquals(cause, error) ? "" : "Caused by ";
            lines.Add($"{prefix}{Red}{Bold}{cause.GetType().Name}{Plain}: {cause.Message}");
            lines.AddRange(Frames(cause));
        }

        return new CellError(error.GetType().Name, error.Message, lines);
    }

    private static Exception Unwrap(Exception error) => error switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [{ } inner] } => Unwrap(inner),
        _ => error,
    };

    /// <summary>The frames down to the cell's own; what lies below them is the kernel's plumbing.</summary>
    private IEnumerable<string> Frames(Exception error)
    {
        StackFrame[] frames = [.. new StackTrace(error, fNeedFileInfo: true).GetFrames().Where(IsOfInterest)];
        var last = Array.FindLastIndex(frames, IsCell);
        return frames.Take(last + 1).Select(frame => IsCell(frame) ? CellFrame(frame) : $"{Dim}  {LibraryFrame(frame)}{Plain}");
    }

    private bool IsCell(StackFrame frame) => CellName(frame) is not null;

    /// <summary>What traces call the frame's cell.</summary>
    private string? CellName(StackFrame frame) => engine.Sources.PathOf(frame.GetMethod()?.Module.Assembly);

    private static bool IsOfInterest(StackFrame frame) =>
        frame.GetMethod() is { } method
        && !method.IsDefined(typeof(StackTraceHiddenAttribute), false)
        && method.DeclaringType is { } type
        && !type.IsDefined(typeof(StackTraceHiddenAttribute), false)
        && type.Namespace is not ("System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices" or "System.Threading" or "System.Threading.Tasks");

    private string CellFrame(StackFrame frame)
    {
        var cell = CellName(frame)!;
        var lines = frame.GetFileLineNumber() is > 0 and var line
            ? [line]
            // Optimised code leaves an index out of range by one exit for the whole method, which has no line of its own.
            : engine.Sources.LinesThatIndex(cell);
        var place = lines switch { [] => "", [var one] => $", line {one}", _ => $", one of the lines {string.Join(", ", lines)}" };
        var source = lines is [var only] && engine.Sources.Line(cell, only) is { Length: > 0 } text ? $"\n      {text}" : "";
        return $"  {Bold}{cell}{place}{Plain}{InMethod(frame.GetMethod()!)}{source}";
    }

    private static string LibraryFrame(StackFrame frame)
    {
        var method = frame.GetMethod()!;
        var place = frame.GetFileName() is { } file ? $" ({Path.GetFileName(file)}:{frame.GetFileLineNumber()})" : "";
        return $"at {TypeName(method)}.{SourceName(method)}{place}";
    }

    private static string InMethod(MethodBase method) => SourceName(method) is var name && name == "<Initialize>" ? "" : $", in {name}";

    private static string TypeName(MethodBase method)
    {
        var type = method.DeclaringType!;
        while (type.Name.StartsWith('<') && type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.FullName?.Replace('+', '.') ?? type.Name;
    }

    /// <summary>The name in the source of a method that the compiler renamed: of an async method, an iterator, a local function, a lambda.</summary>
    private static string SourceName(MethodBase method)
    {
        if (LocalFunction().Match(method.Name) is { Success: true } local)
        {
            return local.Groups[1].Value;
        }

        var name = method.Name is "MoveNext" ? method.DeclaringType!.Name : method.Name;
        if (LocalFunction().Match(name) is { Success: true } asyncLocal)
        {
            return asyncLocal.Groups[1].Value;
        }

        return Renamed().Match(name) is { Success: true } match
            ? match.Groups[2].Value == "b" ? "a lambda" : match.Groups[1].Value
            : name;
    }

    [GeneratedRegex(@"g__([^|>]+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^<(.+)>([a-z])__")]
    private static partial Regex Renamed();
}
