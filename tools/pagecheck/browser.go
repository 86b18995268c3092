package main

import (
	"context"
	_ "embed"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A view is a window that a page is looked at in.
type view struct {
	name               string
	width, height      int64
	phone, dark, print bool
}

// views has each dark view after the light one of the same window. The last is a page
// of A4.
var views = []view{
	{name: "desktop-light", width: 1280, height: 800},
	{name: "desktop-dark", width: 1280, height: 800, dark: true},
	{name: "phone-light", width: 360, height: 740, phone: true},
	{name: "phone-dark", width: 360, height: 740, phone: true, dark: true},
	{name: "paper", width: 794, height: 1123, print: true},
}

// patience is how long one view of a page may take.
const patience = time.Minute

// A browser is a running one.
type browser struct {
	ctx  context.Context
	stop func()
}

// startBrowser starts a browser with an empty profile and no way to the network.
func startBrowser(ctx context.Context, program string) (*browser, error) {
	profile, err := os.MkdirTemp("", "pagecheck")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.UserDataDir(profile),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.Flag("proxy-server", "direct://"),
	)
	ctx, endProgram := chromedp.NewExecAllocator(ctx, options...)
	ctx, endBrowser := chromedp.NewContext(ctx)
	b := &browser{ctx, func() {
		endBrowser()
		endProgram()
		os.RemoveAll(profile)
	}}
	if err := chromedp.Do(ctx); err != nil {
		b.stop()
		return nil, fmt.Errorf("starting %s: %w", program, err)
	}
	return b, nil
}

// A sight is what one view of a page came to.
type sight struct {
	view     view
	troubles []string // from the console and the network
	measures measures
	shot     []byte // PNG
}

// measure is the script that takes the measures of a page.
//
//go:embed measure.js
var measure string

// look opens the file in a new tab.
func (b *browser) look(file string, v view) (sight, error) {
	s := sight{view: v}
	path, err := filepath.Abs(file)
	if err != nil {
		return s, err
	}
	address := (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()

	tab, closeTab := chromedp.NewContext(b.ctx)
	defer closeTab()
	ctx, cancel := context.WithTimeout(tab, patience)
	defer cancel()

	var mutex sync.Mutex
	trouble := func(format string, args ...any) {
		mutex.Lock()
		defer mutex.Unlock()
		s.troubles = append(s.troubles, fmt.Sprintf(format, args...))
	}
	// The function sees the events of a page before the commands after them return.
	err = chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
				trouble("an error on the console: %s", consoleText(e.Args))
			}
		case *runtime.EventExceptionThrown:
			trouble("an exception: %s", exceptionText(e.ExceptionDetails))
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError {
				trouble("an error in the browser's log: %s", e.Entry.Text)
			}
		case *network.EventRequestWillBeSent:
			if e.Request.URL != address {
				trouble("a request for something else than the file: %.200s", e.Request.URL)
			}
		case *network.EventWebSocketCreated:
			trouble("a connection: %s", e.URL)
		}
	})
	if err != nil {
		return s, err
	}
	scheme, medium := "light", "screen"
	if v.dark {
		scheme = "dark"
	}
	if v.print {
		medium = "print"
	}
	var window []chromedp.EmulateViewportOption
	if v.phone {
		window = append(window, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait, chromedp.EmulateScale(2))
	}
	err = chromedp.Do(ctx,
		chromedp.EmulateViewport(v.width, v.height, window...),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Media:    medium,
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			return err
		}),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			var all []*network.BlockPattern
			for _, scheme := range []string{"http", "https", "ws", "wss", "ftp"} {
				all = append(all, &network.BlockPattern{URLPattern: scheme + "://*:*/*", Block: true})
			}
			_, err := cdp.Call(ctx, t, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: all})
			return err
		}),
		chromedp.Navigate(address),
	)
	if err != nil {
		return s, err
	}
	if s.measures, err = chromedp.Run(ctx, chromedp.Evaluate[measures](measure, chromedp.EvalAwaitPromise)); err != nil {
		return s, err
	}
	if s.shot, err = chromedp.Run(ctx, chromedp.FullScreenshot(100)); err != nil {
		return s, err
	}
	mutex.Lock()
	defer mutex.Unlock()
	return s, nil
}

// consoleText joins the arguments of a call to the console.
func consoleText(args []*runtime.RemoteObject) string {
	var all []string
	for _, a := range args {
		if a.Description != "" {
			all = append(all, a.Description)
		} else {
			all = append(all, string(a.Value))
		}
	}
	return strings.Join(all, " ")
}

func exceptionText(details *runtime.ExceptionDetails) string {
	if details.Exception != nil && details.Exception.Description != "" {
		return details.Exception.Description
	}
	return details.Text
}
